-- Issue 4 part 10: what a bureau sees of its schools' money: sums of months, never a child, a teacher or a payment.
create table billing.month_figures (
    school_id uuid        not null references schools.school,
    month     date        not null check (extract(day from month) = 1),
    charged   bigint      not null,
    collected bigint      not null,
    refunded  bigint      not null,
    spent     bigint      not null,
    people    bigint      not null,
    unmatched bigint      not null,
    owed      bigint      not null,
    made_at   timestamptz not null,
    primary key (school_id, month)
);
comment on table billing.month_figures is 'Sums of a school''s ledger by month, in fen, made anew by a job; people: spent on people, unmatched and owed: as they stood at the end of the month';
call shared.guard_staff('billing.month_figures');
create policy witnessed on billing.month_figures for select to afterbell_app
    using ((select shared.hat()) = 'BUREAU' and exists (select 1 from schools.school s where s.school_id = month_figures.school_id));
