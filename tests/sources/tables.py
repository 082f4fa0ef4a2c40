"""Tables as shops, accounts, web analytics, spreadsheets and statistics offices write them.

Each has the words behind `kpi import FILE`, and the actuals that must come out.
"""

from typing import NamedTuple

BOARD = """\
[kpis.revenue]
name = "Monthly Revenue"
unit = "kr"
rollup = "sum"
[kpis.orders]
name = "Orders"
rollup = "sum"
[kpis.conversion]
name = "Conversion Rate"
unit = "%"
[kpis.visits]
name = "Website Visits"
rollup = "sum"
[kpis.profit]
name = "Profit"
unit = "$"
rollup = "sum"
[kpis.response]
name = "Response Time"
unit = "h"
[kpis.umsatz]
name = "Umsatz"
unit = "€"
rollup = "sum"
[kpis.kunden]
name = "Kunden"
[kpis.sales]
name = "Weekly Sales"
frequency = "weekly"
rollup = "sum"
[kpis.passengers]
name = "Passengers"
frequency = "quarterly"
unit = "pax"
[kpis.population]
name = "Population"
frequency = "yearly"
[kpis.signups]
name = "Sign-ups"
frequency = "daily"
"""


class Table(NamedTuple):
    """A file, the words behind its name, and each actual as `id period value`."""

    name: str
    content: str
    expected: tuple[str, ...]
    words: tuple[str, ...] = ()
    encoding: str = "utf-8"


TABLES = {
    "shop, Norwegian spreadsheet": Table(
        "omsetning.csv",
        "Omsetning og ordre \u2013 Nordlys Nettbutikk;;\r\n;;\r\n"
        "Måned;Monthly Revenue;Orders\r\n"
        "mai 2025;kr 395\u00a0771,70;610\r\nJuni 2025;kr 402\u00a0118,00;\r\n"
        "01.2026;kr 411\u00a0000,50;640\r\nSum;kr 1\u00a0208\u00a0890,20;1\u00a0250\r\n",
        (
            "revenue 2025-05 395771.70",
            "revenue 2025-06 402118.00",
            "revenue 2026-01 411000.50",
            "orders 2025-05 610",
            "orders 2026-01 640",
        ),
        encoding="cp1252",
    ),
    "accounts, German export": Table(
        "bwa.csv",
        "Monat;Umsatz;Kunden\nJan 2026;1.234,50 €;1.204\nFeb 2026;−987,25 €;1.250\n"
        "Summe;247,25 €;2.454\n",
        (
            "umsatz 2026-01 1234.50",
            "umsatz 2026-02 -987.25",
            "kunden 2026-01 1204",
            "kunden 2026-02 1250",
        ),
    ),
    "months across, English": Table(
        "board.csv",
        "KPI,Jan 2026,Feb 2026,Mar 2026,Total\n"
        'Monthly Revenue,"480,000","472,000","465,500","1,417,500"\nOrders,610,640,n/a,1250\n',
        (
            "revenue 2026-01 480000",
            "revenue 2026-02 472000",
            "revenue 2026-03 465500",
            "orders 2026-01 610",
            "orders 2026-02 640",
        ),
    ),
    "months across, with units and year to date": Table(
        "kpis.csv",
        "KPI,Unit,Aug-26,Sep-26,YTD\n"
        'Monthly Revenue,kr,"480,000","472,000","952,000"\nOrders,#,610,640,"1,250"\n',
        (
            "revenue 2026-08 480000",
            "revenue 2026-09 472000",
            "orders 2026-08 610",
            "orders 2026-09 640",
        ),
    ),
    "what psql draws": Table(
        "answer.txt",
        "  month  | orders | revenue \n---------+--------+---------\n"
        " 2026-08 |    610 |  480000\n 2026-09 |    640 |  472000\n(2 rows)\n",
        (
            "orders 2026-08 610",
            "orders 2026-09 640",
            "revenue 2026-08 480000",
            "revenue 2026-09 472000",
        ),
    ),
    "Markdown": Table(
        "board.md",
        "| KPI | 2026-08 | 2026-09 |\n|:---|---:|---:|\n| Orders | 610 | 640 |\n",
        ("orders 2026-08 610", "orders 2026-09 640"),
    ),
    "what a terminal draws": Table(
        "rich.txt",
        "┏━━━━━━━━━┳━━━━━━━━┓\n┃ Month   ┃ Orders ┃\n┡━━━━━━━━━╇━━━━━━━━┩\n│ 2026-08 │ 610    │\n"
        "└─────────┴────────┘\n",
        ("orders 2026-08 610",),
    ),
    "cells kept as text, and spaces behind commas": Table(
        "kept.csv",
        '"Month", "Orders"\n"=""2026-08""", "=""610"""\n',
        ("orders 2026-08 610",),
    ),
    "a ticket a row": Table(
        "jira.csv",
        "Issue key,Created\nA-1,01/Aug/26 3:45 PM\nA-2,31/Aug/26 4:45 PM\n",
        ("signups 2026-08-01 1", "signups 2026-08-31 1"),
        words=("--columns", "period=Created", "--kpi", "signups", "--rows", "count"),
    ),
    "accounts, quarters by their months": Table(
        "quarters.csv",
        ',"Jan - Mar, 2026","Apr - Jun, 2026"\nPassengers,5,6\n',
        ("passengers 2026-Q1 5", "passengers 2026-Q2 6"),
    ),
    "weeks by their first and last day": Table(
        "weeks.csv",
        'Week,Weekly Sales\n"Oct 26 - Nov 1, 2026",5\n2026-11-02..2026-11-08,6\n',
        ("sales 2026-W44 5", "sales 2026-W45 6"),
    ),
    "a sentence with commas below": Table(
        "pl.csv",
        ",Aug 2026,Sep 2026,Total\nMonthly Revenue,480000,472000,952000\n\nSunday, Nov 29, 2026\n",
        ("revenue 2026-08 480000", "revenue 2026-09 472000"),
    ),
    "months across, short years of a spreadsheet": Table(
        "tavle.csv",
        "Nøkkeltall;jan.26;feb.26;mar.26\nConversion Rate;2,9 %;3,1 %;3,0 %\n",
        ("conversion 2026-01 2.9", "conversion 2026-02 3.1", "conversion 2026-03 3.0"),
    ),
    "months across, ISO, with section headings": Table(
        "plan.tsv",
        "Metric\t2026-01\t2026-02\nSALES\t\t\nMonthly Revenue\t480k\t472k\n\nSUPPORT\t\t\n"
        "Response Time\t1:30\t90 min\n",
        (
            "revenue 2026-01 480000",
            "revenue 2026-02 472000",
            "response 2026-01 1.5",
            "response 2026-02 1.5",
        ),
    ),
    "BI tool, long": Table(
        "export.csv",
        "Date,Metric,Value\n2026-09-30,Monthly Revenue,480000\n2026-10-31,Monthly Revenue,472000\n"
        "2026-09-30,Orders,610\n2026-10-31,Orders,640\n",
        (
            "revenue 2026-09 480000",
            "revenue 2026-10 472000",
            "orders 2026-09 610",
            "orders 2026-10 640",
        ),
    ),
    "BI tool, JSON Lines": Table(
        "rows.jsonl",
        '{"month":"2026-09","Monthly Revenue":480000.5,"orders":null}\n'
        '{"month":"2026-10","Monthly Revenue":472000,"orders":640}\n',
        ("revenue 2026-09 480000.5", "revenue 2026-10 472000", "orders 2026-10 640"),
    ),
    "web service, a list of nested objects": Table(
        "rows.json",
        '[\n {"month": "2026-09", "sales": {"orders": 610}},\n'
        ' {"month": "2026-10", "sales": {"orders": 640, "new": null}}\n]\n',
        ("orders 2026-09 610", "orders 2026-10 640"),
        words=("--columns", "period=month,orders=sales.orders"),
    ),
    "web analytics, days of a US site": Table(
        "traffic.csv",
        "# ----------------------------------------\n# Website Visits\n# 20260901-20260903\n\n"
        'Date,Website Visits\n09/01/2026,"1,204"\n09/02/2026,"1,311"\n09/13/2026,998\n',
        ("visits 2026-09-01 1204", "visits 2026-09-02 1311", "visits 2026-09-13 998"),
    ),
    "web analytics, days without separators": Table(
        "ga.csv",
        "date,signups\n20261101,12\n20261102,15\n",
        ("signups 2026-11-01 12", "signups 2026-11-02 15"),
    ),
    "SQL client, timestamps": Table(
        "query.csv",
        "month|orders|profit\n2026-08-01 00:00:00|610|1204.5\n2026-09-01 00:00:00|640|-12.25\n",
        (
            "orders 2026-08 610",
            "orders 2026-09 640",
            "profit 2026-08 1204.5",
            "profit 2026-09 -12.25",
        ),
    ),
    "statistics office, months": Table(
        "ssb.csv",
        '"måned";"Monthly Revenue"\n"2026M08";"480000"\n"2026M09";".."\n\n'
        '"Kilde: Statistisk sentralbyrå"\n',
        ("revenue 2026-08 480000",),
        words=("--empty", ".."),
        encoding="cp1252",
    ),
    "statistics office, quarters": Table(
        "eurostat.tsv",
        "TIME_PERIOD\tPassengers\n2025-Q4\t91200\n2026-Q1\t84700\n2026-Q2\t:\n",
        ("passengers 2025-Q4 91200", "passengers 2026-Q1 84700"),
        words=("--empty", ":"),
    ),
    "statistics office, year and quarter": Table(
        "kvartal.csv",
        "År;Kvartal;Passengers\n2025;4;91200\n2026;1;84700\n",
        ("passengers 2025-Q4 91200", "passengers 2026-Q1 84700"),
    ),
    "statistics office, year and month": Table(
        "month.csv",
        "Year,Month,Orders\n2026,9,610\n2026,10,640\n",
        ("orders 2026-09 610", "orders 2026-10 640"),
    ),
    "statistics office, years": Table(
        "population.csv",
        "Year,Population\n2023,5488984\n2024,5550203\n",
        ("population 2023 5488984", "population 2024 5550203"),
    ),
    "central bank, one series": Table(
        "series.csv",
        "DATE,VALUE\n2026-01-01,84.2\n2026-02-01,85.1\n",
        ("kunden 2026-01 84.2", "kunden 2026-02 85.1"),
        words=("--kpi", "kunden"),
    ),
    "accounting system, negatives in brackets": Table(
        "ledger.csv",
        'Period,Profit\n2026-08,"($1,234.50)"\n2026-09,"$2,000.00"\n2026-10,"1,234.00-"\n',
        ("profit 2026-08 -1234.50", "profit 2026-09 2000.00", "profit 2026-10 -1234.00"),
    ),
    "spreadsheet, Unicode text": Table(
        "regneark.txt",
        "Måned\tOrders\r\n2026-09\t610\r\n2026-10\t640\r\n",
        ("orders 2026-09 610", "orders 2026-10 640"),
        encoding="utf-16",
    ),
    "shop, weeks by their Monday": Table(
        "weekly.csv",
        "Week,Weekly Sales\n2026-10-05,120\n2026-10-12,130\n",
        ("sales 2026-W41 120", "sales 2026-W42 130"),
    ),
    "shop, numbers of weeks": Table(
        "uker.csv",
        "Uke;Weekly Sales\nUke 41 2026;120\nUke 42 2026;130\n",
        ("sales 2026-W41 120", "sales 2026-W42 130"),
    ),
    "shop, an order a row": Table(
        "orders.csv",
        "paid,amount\n2026-10-03,50.5\n2026-10-03,25\n2026-10-04,25\n",
        ("profit 2026-10-03 75.5", "profit 2026-10-04 25"),
        words=("--columns", "period=paid,value=amount", "--kpi", "Profit", "--rows", "sum"),
    ),
    "CRM, columns that are nobody's": Table(
        "crm.csv",
        "Region,Month,Orders,Delta\nNord,2026-09,610,1\nNord,2026-10,640,30\n",
        ("orders 2026-09 610", "orders 2026-10 640"),
        words=("--columns", "period=Month,orders=Orders"),
    ),
    "pivot, no name above the months": Table(
        "pivot.csv",
        ",Monthly Revenue,Orders\nAug 2026,480000,610\nSep 2026,472000,640\n,952000,1250\n",
        (
            "revenue 2026-08 480000",
            "revenue 2026-09 472000",
            "orders 2026-08 610",
            "orders 2026-09 640",
        ),
    ),
    "a unit behind the name": Table(
        "units.csv",
        "month,Monthly Revenue (kr),Conversion Rate [%],Response Time (h)\n"
        "2026-09,480000,3.2,1.5\n",
        ("revenue 2026-09 480000", "conversion 2026-09 3.2", "response 2026-09 1.5"),
    ),
    "data frame, floats and an index": Table(
        "frame.csv",
        "period,profit,conversion\n2026-08,3.3333333333333335,0.031\n2026-09,1.0E+05,0.0325\n",
        (
            "profit 2026-08 3.33",
            "profit 2026-09 100000",
            "conversion 2026-08 3.1",
            "conversion 2026-09 3.25",
        ),
        words=("--round", "2", "--fractions", "--yes"),
    ),
    "days of a German spreadsheet": Table(
        "tage.csv",
        "Datum;Umsatz\n31.08.2026;1.200\n30.09.2026;1.250,5\n",
        ("umsatz 2026-08 1200", "umsatz 2026-09 1250.5"),
    ),
    "advertising, the total above": Table(
        "ads.csv",
        "Month,Monthly Revenue,Orders\nTotal: Account,900,30\n2026-08,400,10\n2026-09,500,20\n",
        (
            "orders 2026-08 10",
            "orders 2026-09 20",
            "revenue 2026-08 400",
            "revenue 2026-09 500",
        ),
    ),
    "web analytics, the sum above without a name": Table(
        "ga.csv",
        "Year month,Orders\n,30\n202608,10\n202609,20\n",
        ("orders 2026-08 10", "orders 2026-09 20"),
    ),
    "units beneath the names, the year beside the month": Table(
        "year.csv",
        "Report 2025,,\nYear,Month,Monthly Revenue\n,,(kr)\n"
        + "".join(f"2025,{month},480\n" for month in ("Jan", "Apr", "Dec")),
        ("revenue 2025-01 480", "revenue 2025-04 480", "revenue 2025-12 480"),
    ),
    "KPIs and years down, months across": Table(
        "years.csv",
        "KPI,Year,Jan,Dec\nOrders,2024,1,2\nOrders,2025,3,4\n",
        ("orders 2024-01 1", "orders 2024-12 2", "orders 2025-01 3", "orders 2025-12 4"),
    ),
    "months down, years across": Table(
        "seasons.csv",
        "Month,2024,2025\nJan,1,3\nDec,2,\nAverage,1.5,3\n",
        ("orders 2024-01 1", "orders 2024-12 2", "orders 2025-01 3"),
        words=("--kpi", "orders"),
    ),
    "a period by its first and last day": Table(
        "spans.csv",
        "Periode;Orders\n01.08.2026 - 31.08.2026;1 000\n01.09.2026 - 30.09.2026;900\n",
        ("orders 2026-08 1000", "orders 2026-09 900"),
    ),
    "another unit of time behind the name": Table(
        "times.csv",
        "month,Response Time (min),Monthly Revenue (NOK)\n2026-08,90,5\n2026-09,45,6\n",
        (
            "response 2026-08 1.5",
            "response 2026-09 0.75",
            "revenue 2026-08 5",
            "revenue 2026-09 6",
        ),
    ),
    "an amount in the title": Table(
        "large.csv",
        "Million Dollar Shop: orders over $1,000 (1,204 rows)\nmonth,Orders\n2026-08,5\n\n"
        "August lost one million visits\n",
        ("orders 2026-08 5",),
    ),
    "a currency beside money and a count of minutes": Table(
        "shop.csv",
        "month,Monthly Revenue,Response Time (min),Currency\n2026-08,5,90,NOK\n",
        ("revenue 2026-08 5", "response 2026-08 1.5"),
    ),
    "quarters with short years": Table(
        "quarters.csv",
        "KPI,Q4-25,1Q26\nPassengers,5,6\n",
        ("passengers 2025-Q4 5", "passengers 2026-Q1 6"),
    ),
    "two files in a row, each with its header": Table(
        "both.csv",
        "month,Orders\n2026-08,5\nmonth,Orders\n2026-09,6\n",
        ("orders 2026-08 5", "orders 2026-09 6"),
    ),
    "values called a total": Table(
        "totals.csv",
        "Month,Total\n2026-08,4\n2026-09,5\n",
        ("orders 2026-08 4", "orders 2026-09 5"),
        words=("--kpi", "orders"),
    ),
    "the year in the corner": Table(
        "corner.csv",
        "2026,Orders,Monthly Revenue\nJan 2026,4,5\nFeb 2026,5,6\n",
        (
            "orders 2026-01 4",
            "orders 2026-02 5",
            "revenue 2026-01 5",
            "revenue 2026-02 6",
        ),
    ),
    "numbers of weeks by the name of their column": Table(
        "weeks.csv",
        "KW;Weekly Sales\n8/2026;5\n44/2026;6\n",
        ("sales 2026-W08 5", "sales 2026-W44 6"),
    ),
    "numbers of quarters by the name of their column": Table(
        "quarters.csv",
        "Quarter,Passengers\n2026-1,5\nQtr 2 2026,6\n",
        ("passengers 2026-Q1 5", "passengers 2026-Q2 6"),
    ),
    "short years behind days, months by name": Table(
        "short.csv",
        "Date,Sign-ups\n01-Aug-26,5\n31-Aug-26 4:12 PM,6\n",
        ("signups 2026-08-01 5", "signups 2026-08-31 6"),
    ),
    "short years behind days of one digit": Table(
        "short-excel.csv",
        "Date,Sign-ups\n1-Aug-26,5\n2-Aug-26,6\n",
        ("signups 2026-08-01 5", "signups 2026-08-02 6"),
    ),
    "short years behind days, months first": Table(
        "short-us.csv",
        "Date,Sign-ups\n8/1/26,5\n8/31/26,6\n",
        ("signups 2026-08-01 5", "signups 2026-08-31 6"),
    ),
    "data frame, with its row numbers": Table(
        "frame.csv",
        '"","month","orders"\n"1","2026-08",12\n"2","2026-09",NA\n"3","2026-10",13\n',
        ("orders 2026-08 12", "orders 2026-10 13"),
    ),
    "accounting system, a heading of one cell, notes with a date below": Table(
        "profit.csv",
        "Profit and Loss\n\nAccount,Oct 2026,Sep 2026\n\nTrading Income\nOrders,5,6\n"
        "\nSource: ledger\n\nMade:\n20261101 08:00\n",
        ("orders 2026-10 5", "orders 2026-09 6"),
    ),
    "what mysql draws": Table(
        "mysql.txt",
        "+---------+--------+\n| month   | orders |\n+---------+--------+\n"
        "| 2026-08 |     12 |\n+---------+--------+\n1 row in set (0.00 sec)\n",
        ("orders 2026-08 12",),
    ),
    "what sqlcmd prints": Table(
        "sqlcmd.txt",
        "month  ,orders\n-------,------\n2026-08,12\n2026-09,-\n\n(2 rows affected)\n",
        ("orders 2026-08 12",),
    ),
    "a currency beside money and a count without a unit": Table(
        "ads.csv",
        "Month,Currency code,Orders,Profit\n2026-08,USD,12,30\n2026-09,USD,13,40\n",
        ("orders 2026-08 12", "orders 2026-09 13", "profit 2026-08 30", "profit 2026-09 40"),
    ),
    "cloud costs, the sum above by its name": Table(
        "costs.csv",
        '"Service","EC2($)","Total costs($)"\n"Service total","1000","1234.5"\n'
        '"2026-08-01","500","600"\n"2026-09-01","500","634.5"\n',
        ("profit 2026-08 600", "profit 2026-09 634.5"),
        words=("--columns", "period=Service,profit=Total costs($)"),
    ),
    "a report in columns of spaces, with a title and a total": Table(
        "report.txt",
        "Shop AS               Printed 01.11.2026\n\n"
        "Month       Orders    Conversion Rate\n"
        "2026-08      1,200               2.1%\n2026-09                           2.2%\n"
        "Total        1,200\n",
        (
            "orders 2026-08 1200",
            "conversion 2026-08 2.1",
            "conversion 2026-09 2.2",
        ),
    ),
    "what sqlcmd prints in columns": Table(
        "columns.txt",
        "month      orders     \n---------- -----------\n2026-08             12\n"
        "2026-09        1234567\n\n(2 rows affected)\n",
        ("orders 2026-08 12", "orders 2026-09 1234567"),
        words=("--yes",),
    ),
    "what a data frame prints": Table(
        "frame.txt",
        "     month  orders\n0  2026-08      12\n1  2026-09      15\n",
        ("orders 2026-08 12", "orders 2026-09 15"),
    ),
    "a pivot table in German, days between two dates": Table(
        "pivot.csv",
        "Monat;Orders\n01.08.-31.08.2026;12\n1.-30. September 2026;15\nGesamtergebnis;27\n",
        ("orders 2026-08 12", "orders 2026-09 15"),
    ),
}
