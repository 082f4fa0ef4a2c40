"""Plain words for what a business wants and fears: those that tell little, and what means the same."""

from kpicli.analysis.wording import word_set

SMALL = word_set(
    """a an the this that these those it its i we you they he she me us him them my our your their
    his her one ones who whom whose which what when where why how is are was were be been being am
    do does did doing done has have had having will would can could shall should may might must of
    in on at to for from by with without within into onto off up out over under about as than then
    so and or but if because while until there here too very much many more most less least few
    fewer lot lots some any all each every both only just really quite even still always ever often
    again also get gets getting got make makes made making want wants wanted need needs let thing
    things stuff something anything nothing everything way kind right now soon yet any anymore no
    not never nobody none dont doesn't don't isn't aren't can't won't didn't cannot hardly barely
    put puts go goes going take takes taking took seem seems happen happens try trying tend feel
    know see good better best well bad worse worst great nice enough high higher low lower raise
    improve reduce increase cut rid s t re ve ll d be it's we're they're i'm hundred share average
    whether sit sits sitting stand stands actually basically half already almost per us"""
)
"""What is said of anything: it tells no KPI from another."""

WEAK = word_set(
    """time times day days month week hour year come coming new people keep keeping give giving turn
    start stop down first next last place move full bring show problem business company shop
    like work working job find look think say tell ask call reach run used rate number part real
    hand side amount cycle step paper hard difficult"""
)
"""What tells little."""

PAIRS = word_set(
    """go_away run_away move_away give_up drop_out drop_off come_back send_back bring_back turn_down
    run_out run_low sell_out sign_up sign_in log_in get_back pass_on someone_else somebody_else
    somewhere_else pay_back pay_off break_down fall_over call_back pick_up pile_up throw_away
    show_up word_mouth walk_out walk_away call_sick come_again catch_up set_up get_started
    left_over add_on speak_well make_money lose_money break_even earn_back sick_leave waste_time
    cash_flow put_off talk_about bring_in keep_up sit_around lie_around lie_idle dead_stock
    market_share stand_still second_time say_no hang_up hand_over pass_around go_bust go_under
    look_around return_on keep_longer stay_longer leave_comment
    leave_comments leave_review leave_reviews stop_coming stop_buying stop_paying stop_using
    stop_ordering work_here find_customers find_clients find_buyers find_people find_staff
    find_workers find_employees find_candidates pay_rent pay_bills pay_salaries pay_wages
    pay_suppliers nothing_do money_back look_elsewhere raw_material shop_around"""
)
"""Two words that mean one thing, the first one as it stands in a dictionary."""

FORMS = dict(
    form.split("/")
    for form in word_set(
        """bought/buy sent/send kept/keep paid/pay won/win came/come ran/run running/run went/go
        gone/go going/go gave/give got/get getting/get sold/sell lost/lose losing/lose left/leave
        leaving/leave shelves/shelf fell/fall grew/grow broke/break broken/break spent/spend
        threw/throw thrown/throw brought/bring caught/catch said/say says/say spoke/speak hung/hang
        walked/walk dropped/drop signed/sign logged/log pays/pay passed/pass called/call calls/call
        turned/turn putting/put lying/lie lies/lie found/find made/make making/make told/tell
        staff's/staff cancelled/cancel cancelling/cancel taught/teach waiter/steward waiters/steward
        shopper/customer shoppers/customer rating/review ratings/review rated/review rep/salesperson
        reps/salesperson salespeople/salesperson"""
    )
)
"""Forms that are not made by an ending, or that an ending would take for another word."""

KINDS = """
customer client buyer guest patron consumer subscriber account regular patient diner tenant
user member subscriber
employee staff worker colleague workforce personnel crew headcount steward cook chef nurse driver
    barista mechanic technician freelancer
consultant lawyer hour billable freelancer
developer programmer engineer engineering coder development software code
salesperson seller sale quota
manager boss supervisor management
leave lose quit churn cancel cancellation resign depart attrition leaver vanish lapse switch away
    elsewhere look_elsewhere go_away run_away move_away walk_away walk_out competitor competition rival expire
    defect disappear stop_coming stop_buying stop_paying stop_using stop_ordering somewhere_else unsubscribe poach drop_out
abandon abandonment leave give_up drop_out drop_off scare unfinished
competitor competition rival beat
retain retention loyal loyalty remain stay stick keep keep_longer stay_longer
back again repeat second twice loyal loyalty come_back return regular come_again second_time once
cost dear expensive costly spend spending pricey price waste fortune budget expense overspend pour fee
    charge
cheap inexpensive dear expensive price discount markdown rebate
ad advert advertise advertising advertisement campaign adword marketing promotion banner facebook
    google instagram meta tiktok flyer leaflet
cart basket trolley
checkout cart basket till step
visit visitor traffic session footfall browse look browser look_around
website site homepage webpage page webshop online web
bounce leave
search google seo organic invisible rank ranking
known unknown awareness visible seen find reach brand
buy purchase order convert conversion
sale sell selling deal turnover
deal contract offer proposal quote tender pitch bid project
negotiate negotiation decide decision haggle hesitate close
pay paid payment invoice bill owe debt debtor receivable unpaid overdue collect
    creditor outstanding reminder chase
late delay delayed overdue punctual on_time deadline
wait slow slowly long longer age ages forever stuck drag late slowness queue appointment
long slow fast quick speed time late duration sooner soon faster forever age ages
fast quick quickly rapid swift speed sooner faster prompt
answer reply respond response react unanswered pick_up ignore
happy satisfied satisfaction content delight delighted love joy glad please pleased unhappy angry
    annoyed dissatisfied complain complaint unsatisfied upset proud furious frustrated grumble
    disappointed disappointment hate review moan
    comment star leave_comment leave_comments leave_review leave_reviews tripadvisor trustpilot
like love fan hate dislike
recommend recommendation referral refer friend advocate reputation word_mouth fan ambassador
    talk_about speak_well trust
send_back bring_back return refund come_back fit exchange money_back size
break crash fail failure broken break_down fall_over
bug defect error fault mistake wrong flaw incorrect quality sloppy faulty damaged hotfix
    rollback regression test testing qa
outage down downtime offline unavailable uptime available availability crash unreachable server
    fall_over reachable
incident outage emergency trouble
hire recruit recruiting hiring recruitment candidate applicant position vacancy recruiter applicants
    headhunter interview work_here find_people find_staff find_workers find_employees
    find_candidates job
refuse accept acceptance decline turn_down reject say_no
win won close beat acquire acquisition gain attract land
sick ill illness sickness absent absence absenteeism sick_leave call_sick show_up burnout burned flu
    overworked stress stressed exhausted tired
morale motivation motivated mood culture atmosphere climate unhappy happy proud workplace burned
    stressed engagement bored work_here team
profit margin earn earning profitable profitability loss left_over make_money lose_money break_even
    markup bottom
cash money liquidity bank solvent cash_flow account pay_rent pay_bills pay_salaries pay_wages
    pay_suppliers tight afford
run_out run_low runway burn last bankrupt bankruptcy survive insolvent go_bust go_under broke
revenue income turnover takings sale earn proceeds
salary wage rent overhead payroll electricity
tax interest loan
stock inventory warehouse shelf goods article merchandise storage dead_stock dust stockroom
empty stockout sell_out unavailable run_out backorder missing
supplier vendor wholesaler manufacturer raw_material ingredient
deliver delivery parcel package shipment shipping ship courier post arrive box fulfil fulfilment
    dispatch
order parcel box delivery item
item article unit piece product add_on extra accessory bundle
email mail newsletter mailing message inbox
open read spam
click tap link
app product tool platform
use usage user using adopt adoption used active log_in sign_in
habit daily everyday routine
feature function functionality
understand value onboard onboarding activate activation sign_up signup register registration trial
    get_started set_up setup confusing begin start
drop_off retention abandon
learn training train learning skill lesson teach trained coach knowledge untrained
    inexperienced teaching
release deploy deployment rollout launch change ship update version
merge approval review pull commit
recover recovery restore repair get_back fix
solve resolve resolution fix solved sort unsolved
ticket question inquiry enquiry request inbox call case issue phone contact
help support service helpdesk hotline agent
backlog pile queue drown pile_up overflow overflowing swamped overwhelmed unanswered open flood
escalate escalation pass_on forward someone_else pass_around hand_over transfer boss supervisor
    somebody_else
machine equipment plant line production factory
scrap waste rework yield throw_away repair
idle capacity utilisation utilization busy unused overworked occupancy underused quiet seat room
    table sit_around lie_idle free nothing_do bench truck van vehicle booked half
grow growth expand expansion shrink decline stagnate fall drop rise double market_share
    stand_still bigger
quota goal target
lead prospect inquiry enquiry find_customers find_clients find_buyers generation
pipeline funnel opportunity outlook forecast future
renew renewal extend subscription sign
recurring subscription monthly plan steady predictable reliable
upgrade upsell downgrade expansion extra larger cross
large big bigger larger fuller increase
small little tiny smaller
easy simple effort ease hard difficult complicated confusing hassle easier awkward
    bureaucratic paperwork clumsy
investor shareholder board
promise agreed agreement sla commitment guarantee penalty fine
recover earn_back pay_back pay_off payback worth worthwhile return_on
worth value lifetime
productive productivity efficient efficiency output overstaffed staffing
"""
"""What people say for the same thing, a kind in a line or in two; a word may be of several."""
