# in a copy of this folder, kpi on the PATH, KPI_BY=tester TZ=UTC LC_ALL=C.UTF-8
kpi status --as-of 2026-10-05; echo rc=$?
kpi explain ttm --period 2026-09 --as-of 2026-10-05
kpi drivers ttm --period 2026-09 --as-of 2026-10-05
sed -i 's/sum(rev, 3)/rev + prev(rev) + prev(prev(rev))/' kpis.toml
kpi status --as-of 2026-10-05; echo rc=$?
