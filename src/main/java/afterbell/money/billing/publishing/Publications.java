package afterbell.money.billing.publishing;

import afterbell.base.audit.Audit;
import afterbell.base.shared.Ids;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.CommandKeys;
import afterbell.base.shared.web.Screen;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Publishes and keeps sheets. What is published is never changed; a later version says why it was needed. */
@Component
@Transactional
class Publications {
    static final Set<String> REASONS = Set.of("booked_later", "mistake", "asked_for");
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String ROW = "select publication_id as id, kind, from_day as \"from\", until_day as until, version, reason, body, hash, published_at from billing.publication where school_id = :s ";

    private final DrawSheet draw;
    private final JdbcClient sql;
    private final CommandKeys keys;
    private final Audit audit;
    private final Ids ids;
    private final Clock clock;

    Publications(DrawSheet draw, JdbcClient sql, CommandKeys keys, Audit audit, Ids ids, Clock clock) {
        this.draw = draw;
        this.sql = sql;
        this.keys = keys;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    /** A published sheet as it is kept. @param reason why there is a later version; null for the first */
    record Published(UUID id, String kind, LocalDate from, LocalDate until, int version, @Nullable String reason, String body, String hash, Instant publishedAt) {
        Sheet sheet() {
            return JSON.readValue(body, Sheet.class);
        }

        /** Whether the sheet is still the one that was published. */
        boolean whole() {
            return hash.equals(hashOf(body));
        }
    }

    static String written(Sheet sheet) {
        return JSON.writeValueAsString(sheet);
    }

    static String hashOf(String body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), Screen.ZONE);
    }

    /** Newest first; of one span the latest version first. */
    @Transactional(readOnly = true)
    public List<Published> all(UUID school) {
        return sql.sql(ROW + "order by from_day desc, kind, version desc").param("s", school).query(Published.class).list();
    }

    @Transactional(readOnly = true)
    public Optional<Published> find(UUID school, UUID id) {
        return sql.sql(ROW + "and publication_id = :id").param("s", school).param("id", id).query(Published.class).optional();
    }

    private Optional<Published> latest(UUID school, DrawSheet.Span span) {
        return sql.sql(ROW + "and kind = :kind and from_day = :from order by version desc limit 1").param("s", school).param("kind", span.kind()).param("from", span.from()).query(Published.class).optional();
    }

    /** The sheet as it would be published now, and the version before. */
    @Transactional(readOnly = true)
    public Preview preview(UUID school, String kind, LocalDate from) {
        DrawSheet.Span span = draw.span(school, today(), kind, from);
        return new Preview(draw.draw(school, span), latest(school, span).orElse(null));
    }

    record Preview(Sheet sheet, @Nullable Published before) {
        boolean changed() {
            return before == null || !before.body().equals(written(sheet));
        }
    }

    /** @param seen hash of the sheet that the person has looked at; another one is shown first */
    public Outcome<UUID> publish(Wearer me, String kind, LocalDate from, String reason, String seen, UUID key) {
        String params = "billing.published " + kind + from + reason + seen;
        Optional<String> done = keys.kept(key, params);
        if (done.isPresent()) return Outcome.done(UUID.fromString(done.get()));
        Preview preview = preview(me.school(), kind, from);
        boolean first = preview.before() == null;
        if (!first && !preview.changed()) return Outcome.refused(new Refusal.Simple("billing.public.refused.same"));
        if (!first && !REASONS.contains(reason)) return Outcome.refused(new Refusal.Simple("billing.public.refused.reason", "reason", List.of()));
        if (!hashOf(written(preview.sheet())).equals(seen)) return Outcome.refused(new Refusal.Simple("billing.public.refused.seen"));
        return Outcome.done(UUID.fromString(keys.once(key, params, () -> put(me.school(), preview, first ? null : reason, me.account()).toString())));
    }

    /** For those who make a world. */
    UUID put(UUID school, Preview preview, @Nullable String reason, @Nullable UUID by) {
        UUID id = ids.next();
        String body = written(preview.sheet());
        int version = preview.before() == null ? 1 : preview.before().version() + 1;
        sql.sql("""
                insert into billing.publication (school_id, publication_id, kind, from_day, until_day, version, reason, body, hash, published_by, published_at)
                values (:s, :id, :kind, :from, :until, :version, :reason, :body, :hash, :by, :at)
                """)
                .param("s", school)
                .param("id", id)
                .param("kind", preview.sheet().kind())
                .param("from", preview.sheet().from())
                .param("until", preview.sheet().until())
                .param("version", version)
                .param("reason", reason, Types.VARCHAR)
                .param("body", body)
                .param("hash", hashOf(body))
                .param("by", by, Types.OTHER)
                .param("at", Timestamp.from(clock.instant()))
                .update();
        audit.record(school, "billing.sheet_published", "publication", id, Map.of("kind", preview.sheet().kind(), "from", preview.sheet().from().toString(), "version", version, "hash", hashOf(body)));
        return id;
    }
}
