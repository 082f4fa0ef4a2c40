# in a copy of this folder, kpi on the PATH, KPI_BY=tester TZ=UTC LC_ALL=C.UTF-8
kpi status --frequency yearly --as-of 2026-04-05; echo rc=$?
kpi status --frequency yearly --period 2025 --as-of 2026-04-05; echo rc=$?
kpi status --period FY2026 --as-of 2026-04-05; echo rc=$?
kpi status --period FY2026-Q1 --as-of 2026-04-05; echo rc=$?
