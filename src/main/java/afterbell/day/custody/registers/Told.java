package afterbell.day.custody.registers;

import afterbell.day.custody.DayRegister.Span;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** What all registers read: the entries of a span that hold, by the same rule as the chain's reading takes them back. */
final class Told {
    /** {@code told}: entries that hold; {@code g}: the children's days. The class is the one that the child was in on that day. */
    static final String CTE =
            """
            with g as materialized (
                select * from custody.standing where school_id = :s and day between :from and :until and (cast(:c as uuid) is null or class_id = cast(:c as uuid))),
            told as materialized (
                select e.day, e.pupil_id, e.entry_id, e.seq, e.at, e.by, e.kind, e.custodian, e.session_id, e.other_id, e.starts, e.ends, e.word
                from custody.event e
                where e.school_id = :s and e.day between :from and :until and e.kind <> 'undone'
                  and exists (select 1 from g where g.day = e.day and g.pupil_id = e.pupil_id)
                  and not exists (select 1 from custody.event u where u.school_id = e.school_id and u.day = e.day and u.pupil_id = e.pupil_id and u.kind = 'undone' and u.other_id = e.entry_id
                                  and (u.by = e.by or u.flag)))
            """;

    private Told() {}

    static Map<String, Object> values(Span span) {
        Map<String, Object> values = new HashMap<>();
        values.put("s", span.school());
        values.put("from", span.from());
        values.put("until", span.until());
        UUID c = span.schoolClass();
        values.put("c", c == null ? null : c.toString());
        return values;
    }
}
