-- Law 2, R81: a school that has named nobody is red with a cause of its own, and so is a card that came in while the child is looked for or not at school.
alter table custody.alarm drop constraint alarm_kind_check;
alter table custody.alarm add constraint alarm_kind_check check (kind in ('NOT_HANDED_OVER', 'NOT_SEEN', 'NOT_COUNTED', 'MISSING', 'DISPUTED', 'CARD_SAYS_LEFT', 'CARD_SAYS_HERE',
    'NO_CUSTODIAN', 'RELEASE_DOUBTED', 'CALLED_OUT_LONG', 'WAITING_LATE'));
