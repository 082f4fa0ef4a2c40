# A segment for the prompt of bash or zsh: "⚠ 2 " where two KPIs need attention, nothing where none
# does. In ~/.bashrc, or in ~/.zshrc after `setopt prompt_subst`:
#
#     . /path/to/prompt.sh
#     PS1='$KPI_PROMPT'$PS1
#
# The board is the one of $KPI_FILE, else the nearest kpis.toml from here upwards. No prompt waits
# for kpi: it shows what was counted last, and kpi counts anew in the background where another board
# begins, definitions or log have changed, or five minutes have gone by. Where kpi or the board is
# missing or broken, the segment is empty.

_kpi_prompt_find() { # sets board, which its caller declares
    local folder=$PWD
    board=${KPI_FILE-}
    case $board in
        '' | /*) ;;
        *) board=$PWD/$board ;;
    esac
    while [ -z "$board" ] && [ -n "$folder" ]; do
        [ ! -f "$folder/kpis.toml" ] || board=$folder/kpis.toml
        folder=${folder%/*}
    done
}

_kpi_prompt_count() { # BOARD CACHE
    umask 077
    command mkdir -p "${2%/*}"
    command kpi -f "$1" status --attention --format jsonl --fields id |
        command grep -c '' >|"$2.$$" || : # none counted is a failure to grep
    command mv -f "$2.$$" "$2"
}

kpi_prompt() {
    local code=$? board='' cache='' count='' mark='!'
    KPI_PROMPT=''
    _kpi_prompt_find
    [ -f "$board" ] || return $code
    cache=${XDG_CACHE_HOME:-${HOME-}/.cache}/kpi/prompt/${board//\//%}
    if [ "$board" != "${_kpi_prompt_board-}" ] || [ "${SECONDS%.*}" -ge "$_kpi_prompt_next" ] ||
        { [ -f "$cache" ] &&
            { [ "$board" -nt "$cache" ] || [ "${board%.toml}.jsonl" -nt "$cache" ]; }; }; then
        _kpi_prompt_board=$board _kpi_prompt_next=$((${SECONDS%.*} + 300))
        (_kpi_prompt_count "$board" "$cache" </dev/null >/dev/null 2>&1 &)
    fi
    [ ! -r "$cache" ] || IFS= read -r count <"$cache" || :
    case ${LC_ALL:-${LC_CTYPE:-${LANG-}}} in
        *[Uu][Tt][Ff]*) mark='⚠' ;;
    esac
    case $count in
        '' | 0 | *[!0-9]*) ;;
        *) KPI_PROMPT="$mark $count " ;;
    esac
    return $code
}

if [ -n "${ZSH_VERSION-}" ]; then
    autoload -Uz add-zsh-hook && add-zsh-hook precmd kpi_prompt
else
    case ${PROMPT_COMMAND-} in
        *kpi_prompt*) ;;
        *) PROMPT_COMMAND="kpi_prompt${PROMPT_COMMAND:+; $PROMPT_COMMAND}" ;;
    esac
fi
