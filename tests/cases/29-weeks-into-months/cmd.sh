# in a copy of this folder, kpi on the PATH, KPI_BY=tester TZ=UTC LC_ALL=C.UTF-8
kpi status --frequency yearly --as-of 2026-11-05
kpi status --frequency yearly --as-of 2026-11-05 --format csv --fields id,period,actual,target
kpi status --frequency monthly --as-of 2026-11-05
