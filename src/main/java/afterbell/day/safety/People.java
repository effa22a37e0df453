package afterbell.day.safety;

import afterbell.base.shared.web.Choice;
import java.sql.Date;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Names of the school's people, for screens and registers; entries hold ids alone. */
@Component
@Transactional(readOnly = true)
public class People {
    private final JdbcClient sql;

    People(JdbcClient sql) {
        this.sql = sql;
    }

    /** @param account null where the person has none and can only be telephoned */
    public record Member(UUID staff, @Nullable UUID account, String name, String initials) {}

    /** Everybody who works here and is no outside instructor, by sound. */
    public List<Member> staff(UUID school) {
        return sql.sql("select staff_id as staff, account_id as account, name, initials from roster.pub_staff where school_id = :s and kind <> 'outside' order by initials, staff_id")
                .param("s", school)
                .query(Member.class)
                .list();
    }

    public Optional<Member> member(UUID school, UUID staff) {
        return sql.sql("select staff_id as staff, account_id as account, name, initials from roster.pub_staff where school_id = :s and staff_id = :f and kind <> 'outside'")
                .param("s", school)
                .param("f", staff)
                .query(Member.class)
                .optional();
    }

    public Optional<Member> byAccount(UUID school, UUID account) {
        return sql.sql("select staff_id as staff, account_id as account, name, initials from roster.pub_staff where school_id = :s and account_id = :a")
                .param("s", school)
                .param("a", account)
                .query(Member.class)
                .optional();
    }

    public static List<Choice> choices(List<Member> members) {
        return members.stream().map(m -> Choice.of(m.staff().toString(), m.name())).toList();
    }

    /** Names of those who stand at the gates on a day. */
    public List<String> atGate(UUID school, LocalDate day) {
        return sql.sql("select distinct f.name from duty.pub_post p join roster.pub_staff f on f.school_id = p.school_id and f.staff_id = p.staff_id where p.school_id = :s and p.day = :d and p.kind = 'gate' order by 1")
                .param("s", school)
                .param("d", Date.valueOf(day))
                .query(String.class)
                .list();
    }

    /** Whether a text to many names a child of the school (law 8). */
    public boolean namesAChild(UUID school, String text) {
        return sql.sql("select exists (select 1 from roster.pub_pupil where school_id = :s and length(name) > 1 and strpos(:t, name) > 0)").param("s", school).param("t", text).query(Boolean.class).single();
    }

    /** Names by id of account, of staff member, of room and of area, in one statement. */
    public Names names(UUID school) {
        Map<UUID, String> all = new HashMap<>();
        sql.sql("""
                select account_id as id, name from identity.pub_grant where school_id = :s and role not in ('GUARDIAN', 'CARER', 'COLLECTOR')
                union all select staff_id, name from roster.pub_staff where school_id = :s
                union all select room_id, name from schools.pub_room where school_id = :s
                union all select area_id, name from schools.pub_area where school_id = :s
                """)
                .param("s", school)
                .query((r, n) -> all.put(r.getObject(1, UUID.class), r.getString(2)))
                .list();
        return new Names(all);
    }

    /** Who and where, by id. */
    public record Names(Map<UUID, String> all) {
        public String of(@Nullable UUID id) {
            return id == null ? "" : Objects.requireNonNullElse(all.get(id), "");
        }

        public String of(String id) {
            return afterbell.base.shared.Ids.parse(id).map(this::of).orElse("");
        }
    }
}
