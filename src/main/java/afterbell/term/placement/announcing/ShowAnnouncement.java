package afterbell.term.placement.announcing;

import afterbell.base.rules.Rule;
import afterbell.base.rules.Rules;
import afterbell.base.schools.School;
import afterbell.base.shared.NotFound;
import afterbell.term.placement.announcing.AnnouncedRoundPage.Stage;
import afterbell.term.placement.engine.Order;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Runs under the public scope: PostgreSQL shows it rounds that were announced, and of a lottery what its public functions name. */
@Component
class ShowAnnouncement {
    private static final int SHOWN = 20;

    private final JdbcClient sql;
    private final Rules rules;

    ShowAnnouncement(JdbcClient sql, Rules rules) {
        this.sql = sql;
        this.rules = rules;
    }

    @Transactional(readOnly = true)
    public List<AnnouncedRoundsPage.Line> rounds(UUID school) {
        return sql.sql("select round_id as id, name, closes_at, draw_order as \"order\" from enrolment.pub_round where school_id = :s order by closes_at desc limit :n")
                .param("s", school)
                .param("n", SHOWN)
                .query(AnnouncedRoundsPage.Line.class)
                .list();
    }

    private record Row(String name, String drawOrder, String state, Instant closesAt, boolean reviewing, Instant reviewUntil) {}

    private record Lots(String seedHash, String publicName, @Nullable String publicValue, @Nullable Instant revealedAt, @Nullable UUID runId) {}

    @Transactional(readOnly = true)
    public AnnouncedRoundPage round(School school, UUID round) {
        Row row = sql.sql("""
                select name, draw_order, state, closes_at, cardinality(review_steps) > 0 and reviewed_at is null as reviewing, review_until
                from enrolment.pub_round where school_id = :s and round_id = :r
                """)
                .param("s", school.id())
                .param("r", round)
                .query(Row.class)
                .optional()
                .orElseThrow(NotFound::new);
        @Nullable Lots lots = sql.sql("select seed_hash, public_name, public_value, revealed_at, run_id from placement.public_lottery(:s, :r)").param("s", school.id()).param("r", round).query(Lots.class).optional().orElse(null);
        List<AnnouncedRoundPage.Freeze> freezes = lots == null
                ? List.of()
                : sql.sql("select cause, input_hash, public_name, committed_at as at from placement.public_freezes(:s, :r)").param("s", school.id()).param("r", round).query(AnnouncedRoundPage.Freeze.class).list();
        return new AnnouncedRoundPage(
                school.name(),
                school.code(),
                row.name(),
                row.drawOrder(),
                Order.VERSION,
                row.closesAt(),
                stage(row, lots),
                row.reviewUntil(),
                lots == null ? null : new AnnouncedRoundPage.Lottery(lots.seedHash(), lots.publicName(), known(school.id(), lots.publicName()), lots.publicValue(), lots.revealedAt(), lots.runId()),
                freezes);
    }

    private static Stage stage(Row row, @Nullable Lots lots) {
        if (!row.state().equals("closed")) return Stage.OPEN;
        if (lots != null && lots.runId() != null) return Stage.PUBLISHED;
        if (lots != null && lots.publicValue() != null) return Stage.DRAWN;
        return row.reviewing() ? Stage.REVIEW : Stage.SEALED;
    }

    /** The name of a value ends with its day; the time of day is a rule. */
    private @Nullable LocalDateTime known(UUID school, String publicName) {
        try {
            LocalDate day = LocalDate.parse(publicName.substring(publicName.lastIndexOf(' ') + 1));
            return day.atTime(rules.value(school, day, Rule.LOTTERY_TIME));
        } catch (DateTimeException e) {
            return null;
        }
    }
}
