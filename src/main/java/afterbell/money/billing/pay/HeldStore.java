package afterbell.money.billing.pay;

import afterbell.base.shared.db.Question;
import afterbell.base.shared.db.Questions;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Who really stood where: sessions by their rolls, other turns by the duty roster. One statement for a span. */
@Component
class HeldStore {
    private static final String SESSIONS =
            """
            with roll as materialized (
                select f.session_id, f.custodian, count(*) as children, max(f.at) as at
                from custody.pub_fact f
                where f.school_id = :s and f.day between :from and :until and f.kind = 'counted' and f.session_id is not null and f.custodian is not null
                  and not exists (select 1 from custody.pub_fact u where u.school_id = f.school_id and u.day = f.day and u.pupil_id = f.pupil_id and u.kind = 'undone' and u.other_id = f.entry_id
                                  and (u.by = f.by or u.flag))
                group by f.session_id, f.custodian),
            holder as materialized (select distinct on (session_id) session_id, custodian from roll order by session_id, children desc, at desc, custodian)
            select s.session_id, s.day, s.starts, s.section_id is not null as club, s.class_id, extract(epoch from s.ends - s.starts)::int / 60 as minutes, h.custodian, w.held, coalesce(x.name, c.name, '') as what
            from timetable.pub_session s
            left join holder h on h.session_id = s.session_id
            left join billing.pay_word w on w.school_id = :s and w.session_id = s.session_id
            left join programme.pub_section x on x.school_id = :s and x.section_id = s.section_id
            left join roster.pub_class_ever c on c.school_id = :s and c.class_id = s.class_id
            where s.school_id = :s and s.day between :from and :until and s.state <> 'dropped' and (s.day < :today or s.day = :today and s.ends <= cast(:time as time))
            """;
    private static final String POSTS = "select day, kind, ref_id, staff_id, source from duty.pub_post where school_id = :s and day between :from and :until";

    private final Questions questions;

    HeldStore(Questions questions) {
        this.questions = questions;
    }

    /** How it is known that a session was held. */
    enum Proof {
        /** A roll was called. */
        ROLL,
        /** Finance said that it was held. */
        WORD,
        /** Finance said that it was not. */
        NOT,
        /** Nobody has said anything yet. */
        OPEN,
        /** No session but a turn of the published duty roster. */
        POST
    }

    /** @param staff null where nobody answered for a session and no roll names anybody */
    record Stand(@Nullable UUID staff, LocalDate day, @Nullable LocalTime starts, Work work, @Nullable UUID ref, @Nullable UUID group, String what, int minutes, boolean stood, Proof proof) {

        boolean counts() {
            return staff != null && proof != Proof.NOT && proof != Proof.OPEN;
        }

        /** The same once finance has said that it was held. */
        Stand byWord() {
            return proof == Proof.OPEN && staff != null ? new Stand(staff, day, starts, work, ref, group, what, minutes, stood, Proof.WORD) : this;
        }

        Held held() {
            return new Held(Objects.requireNonNull(staff), day, work, ref, group, what, minutes, stood);
        }
    }

    /** The moment up to which something counts as over. */
    record Now(LocalDate today, LocalTime time) {}

    private record Session(UUID sessionId, LocalDate day, LocalTime starts, boolean club, @Nullable UUID classId, int minutes, @Nullable UUID custodian, @Nullable Boolean held, String what) {}

    private record Post(LocalDate day, String kind, @Nullable UUID refId, UUID staffId, String source) {
        boolean stood() {
            return source.equals("substitute");
        }
    }

    /** @param until inclusive; @param staff one person, or null for all */
    List<Stand> stands(UUID school, LocalDate from, LocalDate until, Now now, @Nullable UUID staff) {
        LocalDate last = until.isAfter(now.today()) ? now.today() : until;
        if (last.isBefore(from)) return List.of();
        Question<Post> answered = posts(school, from, last);
        Question<Session> taught = sessions(school, from, last, now);
        Questions.Answers all = questions.ask(answered, taught);
        List<Post> posts = all.of(answered);
        Map<UUID, Post> bySession = new HashMap<>();
        posts.stream().filter(p -> p.kind().equals("session") && p.refId() != null).forEach(p -> bySession.put(Objects.requireNonNull(p.refId()), p));
        List<Stand> stands = new ArrayList<>();
        for (Session s : all.of(taught)) stands.add(stand(s, bySession.get(s.sessionId())));
        for (Post p : posts)
            if (!p.kind().equals("session") && p.day().isBefore(now.today()))
                stands.add(new Stand(p.staffId(), p.day(), null, Work.of(p.kind()).orElseThrow(), p.refId(), null, "", 0, p.stood(), Proof.POST));
        stands.removeIf(s -> staff != null && !staff.equals(s.staff()));
        stands.sort(Comparator.comparing(Stand::day).thenComparing(s -> s.starts() == null ? LocalTime.MIN : s.starts()).thenComparing(Stand::what).thenComparing(s -> String.valueOf(s.ref())));
        return stands;
    }

    private static Stand stand(Session s, @Nullable Post post) {
        UUID staff = s.custodian() != null ? s.custodian() : post == null ? null : post.staffId();
        boolean stood = post != null && (post.stood() || s.custodian() != null && !s.custodian().equals(post.staffId()));
        Proof proof = s.custodian() != null ? Proof.ROLL : s.held() == null ? Proof.OPEN : s.held() ? Proof.WORD : Proof.NOT;
        return new Stand(staff, s.day(), s.starts(), s.club() ? Work.CLUB : Work.OWN_CLASS, s.sessionId(), s.classId(), s.what(), s.minutes(), stood, proof);
    }

    private static Question<Session> sessions(UUID school, LocalDate from, LocalDate until, Now now) {
        return new Question<>(Session.class, SESSIONS, Map.of("s", school, "from", from, "until", until, "today", now.today(), "time", now.time()));
    }

    private static Question<Post> posts(UUID school, LocalDate from, LocalDate until) {
        return new Question<>(Post.class, POSTS, Map.of("s", school, "from", from, "until", until));
    }
}
