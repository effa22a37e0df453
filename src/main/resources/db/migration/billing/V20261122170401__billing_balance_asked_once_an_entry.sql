-- Law 3, issue 4 speed: an entry of two lines was added up three times when its transaction ended, once for itself and once for each line. Now once: an entry's lines
-- are numbered from 1 without a gap, so a line that is slipped in later has a number above two and is asked for by itself.
create or replace function billing.balanced() returns trigger language plpgsql as
$$
declare
    lines int;
    last  int;
    total numeric;
begin
    select count(*), coalesce(max(ordinal), 0), coalesce(sum(fen), 0) into lines, last, total from billing.posting p where p.school_id = new.school_id and p.entry_id = new.entry_id;
    if lines < 2 or last <> lines or total <> 0 then
        raise exception 'entry % has % lines, the last numbered %, and a sum of % fen', new.entry_id, lines, last, total using errcode = 'check_violation', constraint = 'entry_balances';
    end if;
    return null;
end
$$;
comment on function billing.balanced is 'An entry has two lines at least, numbered from 1 without a gap, and a sum of nothing (law 3)';
drop trigger lines_balance on billing.posting;
create constraint trigger lines_balance after insert on billing.posting deferrable initially deferred for each row when (new.ordinal > 2) execute function billing.balanced();
