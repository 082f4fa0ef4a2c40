"""Plain words of a business: which of them tell little, and which of them mean the same."""

from kpicli.language.tokens import word_set

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
    hand side amount cycle step paper hard difficult expect expected"""
)
"""What tells little."""

PAIRS = word_set(
    """add_on break_down break_even bring_back bring_customer bring_people call_sick cash_flow
    come_again come_back dead_stock do_over do_twice drop_off drop_out earn_back fall_over
    find_buyer find_candidate find_client find_customer find_employee find_people find_staff
    find_worker get_back get_started give_up go_away go_bust go_under hand_over keep_longer
    leave_comment leave_over leave_review lie_idle log_in look_around look_elsewhere lose_money
    make_loss make_money make_twice market_share money_back move_away nothing_do on_time
    pass_around pass_on pay_back pay_bill pay_off pay_rent pay_salary pay_supplier pay_wage
    pick_up pile_up raw_material return_on run_away run_low run_out say_no second_time sell_out
    send_back set_up show_up sick_leave sign_in sign_up sit_around somebody_else someone_else
    somewhere_else speak_well stand_still stay_longer stop_buying stop_coming stop_ordering
    stop_paying stop_using talk_about throw_away turn_down walk_away walk_out word_mouth
    work_here"""
)
"""Two words that mean one thing together, if not apart; both as they stand in a dictionary."""

FORMS = dict(
    form.split("/")
    for form in sorted(
        word_set(
            """bought/buy broke/break broken/break brought/bring came/come caught/catch
            fell/fall found/find gave/give going/go gone/go got/get grew/grow hung/hang kept/keep
            left/leave lost/lose lying/lie made/make paid/pay ran/run rated/review rating/review
            ratings/review rep/salesperson reps/salesperson said/say salespeople/salesperson
            sent/send shelves/shelf shopper/customer shoppers/customer sold/sell spent/spend
            spoke/speak taught/teach threw/throw thrown/throw told/tell waiter/steward
            waiters/steward went/go won/win"""
        )
    )
)
"""Forms that are not made by an ending, or that an ending would take for another word."""

KINDS = """
customer client buyer guest patron consumer subscriber account regular patient diner tenant
user member subscriber
employee staff worker colleague workforce personnel crew headcount steward cook chef nurse driver
    barista mechanic technician freelancer
consultant lawyer hour billable freelancer
developer programmer engineer code development software
salesperson seller sale quota
manager boss supervisor management
leave lose quit churn cancel cancellation resign depart attrition vanish lapse desert walk switch
    away elsewhere look_elsewhere go_away run_away move_away walk_away walk_out competitor
    competition rival expire defect disappear stop_coming stop_buying stop_paying stop_using
    stop_ordering somewhere_else unsubscribe poach drop_out
abandon abandonment leave give_up drop_out drop_off scare unfinished
competitor competition rival beat
retain retention loyal loyalty remain stay stick keep keep_longer stay_longer
back repeat second twice loyal loyalty come_back return regular come_again second_time once
cost dear expensive spend price waste fortune budget expense overspend pour fee charge
cheap inexpensive dear expensive price discount markdown rebate
ad advert advertisement campaign adword marketing promotion banner facebook google instagram meta
    tiktok flyer leaflet
cart basket trolley
checkout cart basket till step
visit visitor traffic session footfall browse look look_around
website site homepage webpage page webshop online web
bounce leave
search google seo organic invisible rank
known unknown famous heard awareness visible seen find reach brand
buy purchase order convert conversion
sale sell deal turnover
deal contract offer proposal quote tender pitch bid project sign
negotiate negotiation decide decision haggle hesitate close
pay payment invoice bill unpaid
unpaid overdue owe debt debtor receivable creditor outstanding collect reminder chase late
late delay overdue punctual on_time deadline
wait slow long age forever stuck drag late slowness queue appointment
long slow fast quick speed time late duration sooner forever age
fast quick rapid swift speed sooner prompt
answer reply respond response react unanswered pick_up ignore
happy satisfied satisfaction content delight love joy glad please unhappy angry annoyed
    dissatisfied complain complaint unsatisfied upset proud furious frustrated grumble disappointed
    disappointment rude hate review moan comment star leave_comment leave_review tripadvisor
    trustpilot
like love fan hate dislike
recommend recommendation referral refer friend advocate reputation word_mouth fan ambassador
    talk_about speak_well trust
send_back bring_back return refund come_back fit exchange money_back size colour color describe
break crash fail failure break_down fall_over
bug defect error fault mistake wrong flaw incorrect quality sloppy damaged hotfix rollback
    regression test qa
outage down downtime offline unavailable uptime available availability crash unreachable server
    fall_over reachable
incident outage emergency trouble
hire recruit recruitment candidate applicant position vacancy headhunter interview work_here
    find_people find_staff find_worker find_employee find_candidate job
refuse accept acceptance decline turn_down reject say_no
win close beat acquire acquisition gain attract land bring_people bring_customer
sick ill illness sickness absent absence absenteeism sick_leave call_sick show_up shift burnout
    burned flu overworked stress exhausted tired
morale motivation motivated mood culture atmosphere climate unhappy happy proud workplace burned
    stressed engagement bored work_here team
profit margin earn profitable profitability make_loss leave_over make_money lose_money break_even
    markup bottom
cash money liquidity bank solvent cash_flow account pay_rent pay_bill pay_salary pay_wage
    pay_supplier tight afford
run_out run_low runway burn last bankrupt bankruptcy survive insolvent go_bust go_under broke
revenue income turnover takings sale earn proceeds
salary wage rent overhead payroll electricity
tax interest loan
stock inventory warehouse shelf goods article menu dish merchandise storage dead_stock dust
    stockroom
empty stockout sell_out unavailable run_out backorder missing
supplier vendor wholesaler manufacturer raw_material ingredient
deliver parcel package shipment ship courier post arrive box fulfil fulfilment dispatch
order parcel box delivery item
item article unit piece product add_on extra accessory bundle
email mail newsletter message inbox
open read spam
click tap link
app product tool platform
use usage user using adopt adoption used active log_in sign_in
habit daily everyday routine
feature function functionality
understand value onboard activate activation sign_up signup register registration trial get_started
    set_up setup confusing begin start
drop_off retention abandon
learn train skill lesson teach coach knowledge untrained inexperienced
release deploy deployment rollout launch change ship update version
merge approval review pull commit
recover restore repair get_back fix
solve resolve resolution fix sort unsolved
ticket question inquiry enquiry request inbox call case issue phone contact
help support service helpdesk hotline agent
backlog pile queue drown pile_up bury overflow swamped overwhelmed unanswered open flood
escalate escalation pass_on forward someone_else pass_around hand_over transfer boss supervisor
    somebody_else
machine equipment plant line production factory
scrap waste rework yield throw_away repair redo do_over do_twice make_twice
idle capacity utilisation utilization busy unused overworked occupancy underused quiet seat room
    table sit_around lie_idle free nothing_do bench truck van vehicle booked
grow growth expand expansion shrink decline stagnate fall drop rise double market_share stand_still
    bigger
quota goal target
lead prospect inquiry enquiry find_customer find_client find_buyer generation
pipeline funnel opportunity outlook forecast future
renew renewal extend subscription sign
recurring subscription monthly plan steady predictable reliable
upgrade upsell downgrade expansion extra larger cross
large big fuller
small little tiny
easy simple effort hard difficult complicated confusing hassle awkward bureaucratic paperwork
    clumsy
investor shareholder board
promise agreed agreement sla commitment guarantee penalty fine
recover earn_back pay_back pay_off payback worth worthwhile return_on
worth value lifetime
productive productivity efficient efficiency output overstaffed staffing
"""
"""What people say for the same thing, a kind in a line or in two; a word may be of several."""
