"""Bad names in French and Spanish are found as they are in English: a language is one file."""

from collections.abc import Callable

import pytest

Judged = Callable[..., list[str]]

CODES = {"S01", "S02", "S04", "S06", "A02", "A03", "M03"}
BAD = """
    fr | S01 | Améliorer la satisfaction client |
    fr | S01 | Clients heureux |
    fr | S01 | Meilleur service |
    fr | S01 | Satisfaction client |
    fr | S02 | Lancer le portail client | target = "1 lancement"
    fr | S02 | Formations organisées | target = "10 formations"
    fr | S02 | Salariés formés à la sécurité | target = "90%"
    fr | S04 | Chiffre d'affaires et marge | target = "100 k€"
    fr | S04 | Satisfaction des clients et des employés | target = "80%"
    fr | S06 | Réduire les réclamations | target = ">=10 réclamations"
    fr | A02 | Commandes | owner = "Toute l'équipe"
    fr | A02 | Commandes | owner = "À définir"
    fr | A03 | Abonnés Instagram | target = "10,000 abonnés"
    fr | A03 | Utilisateurs inscrits depuis le lancement | target = "10,000 utilisateurs"
    fr | M02 | Chiffre d'affaires | target = 500
    fr | M03 | Délai de livraison | target = "3 jours"
    fr | M03 | Réclamations | target = "10 réclamations"
    fr | M03 | Taux d'attrition | target = "3%"
    fr | S05 | Nombre de commandes | other = "Commandes"
    es | S01 | Mejorar la satisfacción del cliente |
    es | S01 | Clientes felices |
    es | S01 | Mejor servicio |
    es | S01 | Calidad del producto |
    es | S02 | Lanzar el portal de clientes | target = "1 lanzamiento"
    es | S02 | Talleres realizados | target = "10 talleres"
    es | S02 | Empleados formados en seguridad | target = "90%"
    es | S04 | Ingresos y margen | target = "100 k€"
    es | S04 | Satisfacción de clientes y empleados | target = "80%"
    es | S06 | Reducir las quejas | target = ">=10 quejas"
    es | A02 | Pedidos | owner = "Todo el equipo"
    es | A02 | Pedidos | owner = "Por definir"
    es | A03 | Seguidores de Instagram | target = "10,000 seguidores"
    es | A03 | Usuarios registrados | target = "10,000 usuarios"
    es | M02 | Ingresos | target = 500
    es | M03 | Plazo de entrega | target = "3 días"
    es | M03 | Reclamaciones | target = "10 reclamaciones"
    es | M03 | Tasa de abandono | target = "3%"
    es | M03 | Adultos con diabetes | target = "3%"
    en | M03 | Water and steam cost | target = "12 EUR"
    en | M03 | Days since each policy was last reviewed | target = "90 days"
    en | M03 | Over-ordering of perishables | target = "3%"
    en | M03 | Pupils behind the level for their age | target = "12%"
    en | M03 | Homeless in the city | target = "40 people"
    en | M03 | Social worker turnover | target = "14%"
    en | M03 | Legal spend | target = "5,000 EUR"
    en | M03 | People reporting vandalism | target = "12%"
    en | M03 | Days lost to injury | target = "9 days"
    en | M03 | Meals returned unopened | target = "9%"
    en | M03 | Cups | definition = "Cups thrown away because they broke"; target = "10 cups"
    en | M03 | Search: Time to the first result | target = 40
    en | M03 | Repeat scans within 30 days of treatment | target = "4%"
    de | M03 | Fehlerquote der Montage | target = "4%"
    en | S06 | Bring down churn | target = ">=5%"
    en | S02 | Risk register reviewed quarterly | target = "4 reviews"
    en | S03 | Fan score | definition = "Fan score of the club"
    en | S08 | How many of us stay | definition = "Share of staff who stay"; target = "9%"
    en | M08 | Orders | source = "see wiki"
    de | M07 | Deckungsbeitragsmarge | definition = "Ertrag / Umsatz"; target = "140%"
    es | S05 | Número de pedidos | other = "Pedidos"
"""
GOOD = """
    Chiffre d'affaires mensuel | target = "500,000 €"
    Commandes livrées à temps | target = "95%"
    Note de satisfaction | target = "8 points"
    Parados que encuentran empleo en seis meses | target = "40 personas"
    Réclamations résolues | target = "90%"
    Taux de conversion | target = "3%"
    Délai de livraison | target = "<3 jours"
    Abonnés actifs | target = "400 abonnés"
    Recherche et développement | target = "<100,000 €"
    Greenhouse yield | target = "40 kg"
    Missing persons found | target = "40 persons"
    Pending revenue recognised | target = "80 €"
    Claims billed | target = "40 claims"
    Premature babies breastfed | target = "40 babies"
    Claimants in work | target = "40 people"
    Training hours billed | target = "60 h"
    Quantity of fish produced | target = "60 t"
    Days since the last missed service level | target = "20 days"
    Shifts without a missed break | target = "80%"
    Homes with no defect | target = "24%"
    Adults with medicines for addiction | target = "40%"
    Number of unemployed people assisted into work | target = "40 people"
    Design system penetration | target = "40%"
    Visitor spend | target = "14 EUR"
    Newsletter readers, all the time | target = "14%"
    Reservoir level in % of the norm | target = "104%"
    Ingresos mensuales | target = "500,000 €"
    Pedidos entregados a tiempo | target = "95%"
    Puntuación de satisfacción | target = "8 puntos"
    Clientes nuevos | target = "40 clientes"
    Quejas resueltas | target = "90%"
    Tasa de conversión | target = "3%"
    Plazo de entrega | target = "<3 días"
"""


def rows(text: str) -> list[tuple[str, ...]]:
    return [tuple(map(str.strip, line.split("|"))) for line in text.strip().splitlines()]


@pytest.mark.parametrize(("language", "code", "name", "keys"), rows(BAD))
def test_a_bad_name_is_found(
    language: str, code: str, name: str, keys: str, judged: Judged
) -> None:
    other = ""
    if keys.startswith("other"):
        other, keys = f"[kpis.first]\nname = {keys.removeprefix('other = ')}\n", ""
    findings = judged(
        f'{other}[kpis.it]\nname = "{name}"\n{keys.replace("; ", chr(10))}\n', code=code
    )
    assert [finding.split(".")[0] for finding in findings] == [f"{code} kpis"], language


@pytest.mark.parametrize(("name", "keys"), rows(GOOD))
def test_a_good_name_is_not(name: str, keys: str, judged: Judged) -> None:
    found = judged(f'[kpis.it]\nname = "{name}"\nowner = "Directrice commerciale"\n{keys}\n')
    assert [code for code in found if code[:3] in CODES] == []
