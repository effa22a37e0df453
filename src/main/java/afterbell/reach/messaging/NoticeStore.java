package afterbell.reach.messaging;

import afterbell.base.shared.access.Role;
import afterbell.reach.messaging.Audience.Children;
import afterbell.reach.messaging.Audience.OfClass;
import afterbell.reach.messaging.Audience.OfGrades;
import afterbell.reach.messaging.Audience.People;
import afterbell.reach.messaging.Audience.Staff;
import afterbell.reach.messaging.Audience.WholeSchool;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

@Repository
class NoticeStore {
    private final JdbcClient sql;
    private final JsonMapper json;

    NoticeStore(JdbcClient sql, JsonMapper json) {
        this.sql = sql;
        this.json = json;
    }

    /** A wish as it waits for the outbox. */
    record Wish(String kind, Words.Written words, String link, boolean guardiansOnly, boolean urgent, @Nullable UUID about, @Nullable String once) {}

    void wish(NewNotice notice, UUID pupil, UUID id, Instant now) {
        boolean guardiansOnly = notice.audience() instanceof Children c && c.guardiansOnly();
        Wish wish = new Wish(notice.kind(), (Words.Written) notice.words(), notice.link(), guardiansOnly, notice.urgent(), notice.about(), notice.once());
        sql.sql("insert into messaging.wish_to_tell (school_id, wish_id, pupil_id, asked_at, notice) values (:s, :id, :p, :now, :n::jsonb)")
                .param("s", notice.school())
                .param("id", id)
                .param("p", pupil)
                .param("now", Timestamp.from(now))
                .param("n", json.writeValueAsString(wish))
                .update();
    }

    /** Takes one wish out of the list; two nodes never take the same. */
    Optional<NewNotice> takeWish(UUID school) {
        return sql.sql("""
                with one as materialized (select school_id, wish_id from messaging.wish_to_tell where school_id = :s order by wish_id limit 1 for update skip locked)
                delete from messaging.wish_to_tell w using one where w.school_id = one.school_id and w.wish_id = one.wish_id
                returning w.pupil_id, w.notice
                """)
                .param("s", school)
                .query((r, n) -> {
                    Wish w = json.readValue(r.getString("notice"), Wish.class);
                    return new NewNotice(school, w.kind(), w.words(), w.link(), new Children(Set.of(r.getObject("pupil_id", UUID.class)), w.guardiansOnly()), w.urgent(), w.about(), w.once(), false);
                })
                .optional();
    }

    /** False where it was told before. */
    boolean add(NewNotice notice, UUID id, @Nullable UUID by, Instant now) {
        Words.Written w = (Words.Written) notice.words();
        return sql.sql("""
                insert into messaging.notice (school_id, notice_id, kind, title_zh, text_zh, title_en, text_en, link, audience, grades, class_id, urgent, about, once, for_group, told_at, told_by)
                values (:s, :id, :kind, :tz, :xz, :te, :xe, :link, :audience, :grades::int[], :class, :urgent, :about, :once, :group, :now, :by)
                on conflict (school_id, once) where once is not null do nothing
                """)
                .param("s", notice.school())
                .param("id", id)
                .param("kind", notice.kind())
                .param("tz", w.titleZh())
                .param("xz", w.textZh())
                .param("te", w.titleEn())
                .param("xe", w.textEn())
                .param("link", notice.link())
                .param("audience", name(notice.audience()))
                .param("grades", notice.audience() instanceof OfGrades(Set<Integer> grades) ? numbers(grades) : "{}")
                .param("class", notice.audience() instanceof OfClass(UUID klass) ? klass : null, Types.OTHER)
                .param("urgent", notice.urgent())
                .param("about", notice.about(), Types.OTHER)
                .param("once", notice.once())
                .param("group", notice.forGroup())
                .param("now", Timestamp.from(now))
                .param("by", by, Types.OTHER)
                .update()
                == 1;
    }

    private static String name(Audience audience) {
        return switch (audience) {
            case WholeSchool w -> "SCHOOL";
            case OfGrades g -> "GRADE";
            case OfClass c -> "CLASS";
            case Children c -> "CHILDREN";
            case Staff s -> "STAFF";
            case People p -> "PEOPLE";
        };
    }

    /** Writes down whom it is for: the children, then the people. */
    void address(NewNotice notice, UUID id) {
        switch (notice.audience()) {
            case WholeSchool w -> families(notice, id, "true", Map.of(), false);
            case OfGrades(Set<Integer> grades) -> families(notice, id, "grade = any(:grades::int[])", Map.of("grades", numbers(grades)), false);
            case OfClass(UUID klass) -> families(notice, id, "class_id = :class", Map.of("class", klass), false);
            case Children(Set<UUID> pupils, boolean guardiansOnly) ->
                families(notice, id, "pupil_id = any(:pupils::uuid[])", Map.of("pupils", array(pupils)), guardiansOnly);
            case Staff(Set<Role> roles) -> sql.sql("""
                    insert into messaging.inbox (school_id, notice_id, account_id)
                    select distinct school_id, :id::uuid, account_id from identity.pub_grant where school_id = :s and role = any(:roles)
                    """)
                    .param("s", notice.school())
                    .param("id", id)
                    .param("roles", roles.stream().map(Role::name).toArray(String[]::new))
                    .update();
            case People(Set<UUID> accounts) -> sql.sql("insert into messaging.inbox (school_id, notice_id, account_id) select :s, :id, a from unnest(:accounts::uuid[]) a")
                    .param("s", notice.school())
                    .param("id", id)
                    .param("accounts", array(accounts))
                    .update();
        }
    }

    // The condition is one of the four texts above; values go in as parameters.
    private void families(NewNotice notice, UUID id, String which, Map<String, ?> params, boolean guardiansOnly) {
        sql.sql("insert into messaging.target (school_id, notice_id, pupil_id) select school_id, :id::uuid, pupil_id from roster.pub_pupil where school_id = :s and " + which)
                .param("s", notice.school())
                .param("id", id)
                .params(params)
                .update();
        sql.sql("""
                insert into messaging.inbox (school_id, notice_id, account_id)
                select distinct g.school_id, :id::uuid, g.account_id
                from messaging.target t join identity.pub_grant g on g.school_id = t.school_id and g.pupil_id = t.pupil_id
                where t.school_id = :s and t.notice_id = :id and g.role = any(:roles)
                  and not exists (select 1 from identity.pub_limited l where l.school_id = g.school_id and l.pupil_id = g.pupil_id and l.account_id = g.account_id)
                """)
                .param("s", notice.school())
                .param("id", id)
                .param("roles", guardiansOnly ? new String[] {"GUARDIAN"} : new String[] {"GUARDIAN", "CARER"})
                .update();
    }

    private static String array(Collection<UUID> ids) {
        return ids.stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}"));
    }

    private static String numbers(Set<Integer> numbers) {
        return numbers.stream().sorted().map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
    }

    /** One delivery per person and chosen way; one per webhook where the notice is for many. */
    void queue(NewNotice notice, UUID id, Instant due) {
        sql.sql("""
                insert into messaging.delivery (school_id, delivery_id, notice_id, channel, account_id, next_at, urgent)
                select i.school_id, gen_random_uuid(), i.notice_id, w.channel, i.account_id, :due, :urgent
                from messaging.inbox i join messaging.way w on w.school_id = i.school_id and w.account_id = i.account_id and w.chosen and w.confirmed_at is not null
                where i.school_id = :s and i.notice_id = :id
                """)
                .param("urgent", notice.urgent())
                .param("s", notice.school())
                .param("id", id)
                .param("due", Timestamp.from(due))
                .update();
        // Another system hears what a chat group would hear, and what staff hears; never what is for single families.
        if (notice.forGroup() || notice.audience() instanceof Staff) sql.sql("""
                insert into messaging.delivery (school_id, delivery_id, notice_id, channel, webhook_id, next_at, urgent)
                select school_id, gen_random_uuid(), :id::uuid, 'WEBHOOK', webhook_id, :due, :urgent from messaging.webhook where school_id = :s and stopped_at is null
                """)
                .param("urgent", notice.urgent())
                .param("s", notice.school())
                .param("id", id)
                .param("due", Timestamp.from(due))
                .update();
    }

    Notices.Reach reach(UUID school, UUID notice) {
        return sql.sql("""
                select count(*) as families, count(t.opened_at) as opened,
                       count(*) filter (where not exists (select 1 from identity.pub_grant g where g.school_id = t.school_id and g.pupil_id = t.pupil_id)) as unreachable
                from messaging.target t where t.school_id = :s and t.notice_id = :n
                """)
                .param("s", school)
                .param("n", notice)
                .query(Notices.Reach.class)
                .single();
    }

    Optional<UUID> about(UUID school, UUID subject) {
        return sql.sql("select notice_id from messaging.notice where school_id = :s and about = :a order by notice_id desc limit 1").param("s", school).param("a", subject).query(UUID.class).optional();
    }

    void opened(UUID school, UUID account, UUID subject, Instant now) {
        sql.sql("""
                with mine as (
                    update messaging.inbox i set opened_at = :now, opened_way = 'PAGE' from messaging.notice n
                    where n.school_id = i.school_id and n.notice_id = i.notice_id and n.about = :about and i.school_id = :s and i.account_id = :a and i.opened_at is null
                    returning i.notice_id)
                update messaging.target t set opened_at = :now
                where t.school_id = :s and t.opened_at is null and t.notice_id in (select notice_id from mine)
                  and t.pupil_id in (select pupil_id from identity.pub_grant g where g.school_id = :s and g.account_id = :a and g.pupil_id is not null)
                """)
                .param("now", Timestamp.from(now))
                .param("about", subject)
                .param("s", school)
                .param("a", account)
                .update();
    }
}
