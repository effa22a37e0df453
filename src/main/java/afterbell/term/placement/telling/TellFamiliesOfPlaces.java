package afterbell.term.placement.telling;

import afterbell.reach.messaging.Audience;
import afterbell.reach.messaging.NewNotice;
import afterbell.reach.messaging.Notices;
import afterbell.reach.messaging.Words;
import afterbell.term.placement.PlacementEvent;
import afterbell.term.programme.ProgrammeEvent;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Places that come free are told by {@code waiting}, which marks in the same transaction that it has told them. */
@Component
class TellFamiliesOfPlaces {
    private final JdbcClient sql;
    private final Notices notices;

    TellFamiliesOfPlaces(JdbcClient sql, Notices notices) {
        this.sql = sql;
        this.notices = notices;
    }

    /** The same words to every family that asked for a place; each reads its own result behind its own sign-in. */
    @EventListener
    void on(PlacementEvent.DrawPublished published) {
        List<UUID> children = sql.sql("""
                select s.pupil_id from placement.run r join enrolment.pub_sheet s on s.school_id = r.school_id and s.round_id = r.round_id
                where r.school_id = :s and r.run_id = :r and s.takes_part
                """)
                .param("s", published.school())
                .param("r", published.run())
                .query(UUID.class)
                .list();
        if (children.isEmpty()) return;
        NewNotice notice = new NewNotice(published.school(), "placement.draw_published", Words.of("placement.notice.published"), "/", new Audience.Children(Set.copyOf(children)));
        notices.tell(notice.about(published.run()).once("draw/" + published.run()).asGroup());
    }

    /** Families whose child sits in a section, or waits for it, hear that it is no longer held; what comes of the places, people decide. */
    @EventListener
    void on(ProgrammeEvent.SectionWithdrawn withdrawn) {
        List<UUID> children = sql.sql("""
                select pupil_id from placement.seat where school_id = :s and section_id = :x and ended_at is null
                union select pupil_id from placement.waiting where school_id = :s and section_id = :x and state in ('waiting', 'offered')
                """)
                .param("s", withdrawn.school())
                .param("x", withdrawn.section())
                .query(UUID.class)
                .list();
        if (children.isEmpty()) return;
        String name = sql.sql("select name from programme.pub_section where school_id = :s and section_id = :x").param("s", withdrawn.school()).param("x", withdrawn.section()).query(String.class).single();
        NewNotice notice = new NewNotice(withdrawn.school(), "placement.section_withdrawn", Words.of("placement.notice.withdrawn", name), "/", new Audience.Children(Set.copyOf(children)));
        notices.tell(notice.about(withdrawn.section()).once("withdrawn/" + withdrawn.section()));
    }
}
