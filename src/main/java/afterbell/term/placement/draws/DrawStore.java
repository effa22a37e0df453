package afterbell.term.placement.draws;

import afterbell.base.shared.NotFound;
import afterbell.base.shared.db.Question;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class DrawStore {
    private final JdbcClient sql;
    private final NamedParameterJdbcTemplate batch;

    DrawStore(JdbcClient sql, NamedParameterJdbcTemplate batch) {
        this.sql = sql;
        this.batch = batch;
    }

    /**
     * @param reviewing whether the review may still change sheets, at the latest until {@code reviewUntil}
     * @param unwished closed and reviewed, nobody wished anything and no team has members: days alone were asked, and there is nothing to draw
     * @param past a later term has asked since: nobody will draw this one any more
     */
    record RoundRow(UUID id, UUID term, String name, String state, @Nullable Integer maxClubs, String drawOrder, Instant closesAt, boolean reviewing, Instant reviewUntil, boolean unwished, boolean past) {}

    record LotteryRow(UUID round, UUID term, byte[] seed, String seedHash, String inputHash, String publicName, @Nullable String publicValue, Instant committedAt, @Nullable Instant revealedAt) {}

    /** @param asFrozen sheets that had changed since the freeze and were decided on as they were then */
    record RunRow(
            UUID id,
            UUID round,
            UUID term,
            String drawOrder,
            boolean preview,
            String variation,
            int asFrozen,
            String state,
            String progress,
            @Nullable String certificate,
            @Nullable String honesty,
            @Nullable String tricks,
            @Nullable String failure,
            Instant createdAt,
            @Nullable Instant finishedAt,
            @Nullable Instant publishedAt) {}

    record ClosingRow(UUID section, String code, String name, int placeable, int minSize, boolean confirmed) {}

    List<RoundRow> rounds(UUID school) {
        return sql.sql("""
                select r.round_id as id, r.term_id as term, r.name, r.state, r.max_clubs, r.draw_order, r.closes_at, r.state = 'closed' and cardinality(r.review_steps) > 0 and r.reviewed_at is null as reviewing, r.review_until,
                       r.state = 'closed' and not exists (select from enrolment.pub_wish w where w.school_id = r.school_id and w.round_id = r.round_id)
                           and not (cardinality(r.review_steps) > 0 and r.reviewed_at is null)
                           and not exists (select from programme.pub_fixed_member f where f.school_id = r.school_id and f.term_id = r.term_id) as unwished,
                       exists (select from enrolment.pub_round n where n.school_id = r.school_id and n.term_id <> r.term_id and n.opens_at > r.closes_at) as past
                from enrolment.pub_round r where r.school_id = :s order by r.closes_at desc
                """)
                .param("s", school)
                .query(RoundRow.class)
                .list();
    }

    /** The last round where it is closed, through its review, something was wished in it, and no result of it is published. */
    record Undrawn(UUID id, String name, boolean solved) {}

    static Question<Undrawn> undrawnOf(UUID school) {
        return new Question<>(
                Undrawn.class,
                """
                select l.round_id as id, l.name, coalesce(bool_or(x.state = 'solved'), false) as solved
                from (select school_id, round_id, name, state, cardinality(review_steps) > 0 and reviewed_at is null as reviewing from enrolment.pub_round where school_id = :s order by closes_at desc limit 1) l
                left join placement.run x on x.school_id = l.school_id and x.round_id = l.round_id
                where l.state = 'closed' and not l.reviewing and exists (select from enrolment.pub_wish w where w.school_id = l.school_id and w.round_id = l.round_id)
                group by l.round_id, l.name having not coalesce(bool_or(x.state = 'published'), false)
                """,
                Map.of("s", school));
    }

    RoundRow round(UUID school, UUID round) {
        return rounds(school).stream().filter(r -> r.id().equals(round)).findFirst().orElseThrow(NotFound::new);
    }

    Optional<LotteryRow> lottery(UUID school, UUID round) {
        return sql.sql("select round_id as round, term_id as term, seed, seed_hash, input_hash, public_name, public_value, committed_at, revealed_at from placement.lottery where school_id = :s and round_id = :r")
                .param("s", school)
                .param("r", round)
                .query(LotteryRow.class)
                .optional();
    }

    /** Commits to a seed once per round: a second call changes nothing. */
    void commit(UUID school, RoundRow round, byte[] seed, String seedHash, String inputHash, Map<String, String> input, String publicName, Instant at) {
        int added = sql.sql("""
                insert into placement.lottery (school_id, round_id, term_id, seed, seed_hash, input_hash, public_name, committed_at)
                values (:s, :r, :t, :seed, :seedHash, :inputHash, :name, :at) on conflict do nothing
                """)
                .param("s", school)
                .param("r", round.id())
                .param("t", round.term())
                .param("seed", seed)
                .param("seedHash", seedHash)
                .param("inputHash", inputHash)
                .param("name", publicName)
                .param("at", Timestamp.from(at))
                .update();
        if (added == 1) keepCommitment(school, round.id(), "closed", inputHash, input, publicName, at);
    }

    /** The same secret seed, over an input that has changed; only while the public value does not stand. */
    void commitAgain(UUID school, UUID round, String cause, String inputHash, Map<String, String> input, String publicName, Instant at) {
        int changed = sql.sql("update placement.lottery set input_hash = :h, public_name = :n, committed_at = :at where school_id = :s and round_id = :r and public_value is null")
                .param("h", inputHash)
                .param("n", publicName)
                .param("at", Timestamp.from(at))
                .param("s", school)
                .param("r", round)
                .update();
        if (changed == 1) keepCommitment(school, round, cause, inputHash, input, publicName, at);
    }

    private void keepCommitment(UUID school, UUID round, String cause, String inputHash, Map<String, String> input, String publicName, Instant at) {
        int ordinal = sql.sql("""
                insert into placement.commitment (school_id, round_id, ordinal, cause, input_hash, public_name, committed_at)
                select :s, :r, coalesce(max(c.ordinal), 0) + 1, :cause, :h, :n, :at from placement.commitment c where c.school_id = :s and c.round_id = :r
                returning ordinal
                """)
                .param("s", school)
                .param("r", round)
                .param("cause", cause)
                .param("h", inputHash)
                .param("n", publicName)
                .param("at", Timestamp.from(at))
                .query(Integer.class)
                .single();
        sql.sql("""
                insert into placement.frozen_file (school_id, round_id, ordinal, name, content)
                select :s, :r, :o, x.name, convert_to(x.content, 'UTF8') from unnest(:names::text[], :contents::text[]) as x (name, content)
                """)
                .param("s", school)
                .param("r", round)
                .param("o", ordinal)
                .param("names", input.keySet().toArray(String[]::new))
                .param("contents", input.values().toArray(String[]::new))
                .update();
    }

    /** What the last commitment was taken of, by file; empty where it was made before such files were kept. */
    Map<String, byte[]> frozen(UUID school, UUID round) {
        Map<String, byte[]> all = new LinkedHashMap<>();
        sql.sql("""
                select name, content from placement.frozen_file
                where school_id = :s and round_id = :r and ordinal = (select max(c.ordinal) from placement.commitment c where c.school_id = :s and c.round_id = :r) order by name
                """)
                .param("s", school)
                .param("r", round)
                .query((r, n) -> all.put(r.getString(1), r.getBytes(2)))
                .list();
        return all;
    }

    /** @param cause closed, reviewed or again */
    record CommitmentRow(String cause, String inputHash, String publicName, Instant committedAt) {}

    /** Every commitment of the round, the first one first; the last one counts. */
    List<CommitmentRow> commitments(UUID school, UUID round) {
        return sql.sql("select cause, input_hash, public_name, committed_at from placement.commitment where school_id = :s and round_id = :r order by ordinal")
                .param("s", school)
                .param("r", round)
                .query(CommitmentRow.class)
                .list();
    }

    /** The lottery as it stands, kept from a change by others until this transaction ends. */
    void holdLottery(UUID school, UUID round) {
        sql.sql("select 1 from placement.lottery where school_id = :s and round_id = :r for update").param("s", school).param("r", round).query((r, n) -> 0).list();
    }

    /** Reveals once: the value that stood first counts. */
    boolean reveal(UUID school, UUID round, String value, Instant at) {
        return sql.sql("update placement.lottery set public_value = :v, revealed_at = :at where school_id = :s and round_id = :r and public_value is null")
                        .param("v", value)
                        .param("at", Timestamp.from(at))
                        .param("s", school)
                        .param("r", round)
                        .update()
                == 1;
    }

    List<RunRow> runs(UUID school, UUID round) {
        return sql.sql("""
                select run_id as id, round_id as round, term_id as term, draw_order, preview, variation, as_frozen, state, progress::text as progress, certificate::text as certificate, honesty::text as honesty, tricks::text as tricks, failure, created_at, finished_at, published_at
                from placement.run where school_id = :s and round_id = :r and state <> 'discarded' order by created_at desc
                """)
                .param("s", school)
                .param("r", round)
                .query(RunRow.class)
                .list();
    }

    RunRow run(UUID school, UUID run) {
        return sql.sql("""
                select run_id as id, round_id as round, term_id as term, draw_order, preview, variation, as_frozen, state, progress::text as progress, certificate::text as certificate, honesty::text as honesty, tricks::text as tricks, failure, created_at, finished_at, published_at
                from placement.run where school_id = :s and run_id = :r
                """)
                .param("s", school)
                .param("r", run)
                .query(RunRow.class)
                .optional()
                .orElseThrow(NotFound::new);
    }

    void add(UUID school, UUID run, RoundRow round, String order, boolean preview, String variation, int asFrozen, UUID by, Instant at) {
        sql.sql("""
                insert into placement.run (school_id, run_id, round_id, term_id, draw_order, preview, variation, as_frozen, state, created_at, created_by)
                values (:s, :run, :round, :term, :order, :preview, :variation, :held, 'waiting', :at, :by)
                """)
                .param("s", school)
                .param("run", run)
                .param("round", round.id())
                .param("term", round.term())
                .param("order", order)
                .param("preview", preview)
                .param("variation", variation)
                .param("held", asFrozen)
                .param("at", Timestamp.from(at))
                .param("by", by)
                .update();
    }

    void putFile(UUID school, UUID run, String name, byte[] content) {
        sql.sql("insert into placement.run_file (school_id, run_id, name, content) values (:s, :r, :n, :c) on conflict (school_id, run_id, name) do update set content = excluded.content")
                .param("s", school)
                .param("r", run)
                .param("n", name)
                .param("c", content)
                .update();
    }

    Map<String, byte[]> files(UUID school, UUID run) {
        Map<String, byte[]> all = new LinkedHashMap<>();
        sql.sql("select name, content from placement.run_file where school_id = :s and run_id = :r order by name")
                .param("s", school)
                .param("r", run)
                .query((r, n) -> all.put(r.getString(1), r.getBytes(2)))
                .list();
        return all;
    }

    String text(UUID school, UUID run, String name) {
        return new String(files(school, run).getOrDefault(name, new byte[0]), StandardCharsets.UTF_8);
    }

    /** Takes a run up: a waiting one, or one whose worker has been silent since {@code silentSince}. True for exactly one taker. */
    boolean takeUp(UUID school, UUID run, Instant at, Instant silentSince) {
        return sql.sql("""
                update placement.run set state = 'running', started_at = coalesce(started_at, :at), beat_at = :at
                where school_id = :s and run_id = :r and (state = 'waiting' or state = 'running' and beat_at < :silent)
                """)
                        .param("at", Timestamp.from(at))
                        .param("silent", Timestamp.from(silentSince))
                        .param("s", school)
                        .param("r", run)
                        .update()
                == 1;
    }

    List<UUID> unfinished(UUID school, Instant silentSince) {
        return sql.sql("select run_id from placement.run where school_id = :s and (state = 'waiting' or state = 'running' and beat_at < :silent) order by created_at")
                .param("s", school)
                .param("silent", Timestamp.from(silentSince))
                .query(UUID.class)
                .list();
    }

    void beat(UUID school, UUID run, String progress, Instant at) {
        sql.sql("update placement.run set progress = :p::jsonb, beat_at = :at where school_id = :s and run_id = :r and state = 'running'")
                .param("p", progress)
                .param("at", Timestamp.from(at))
                .param("s", school)
                .param("r", run)
                .update();
    }

    void solved(UUID school, UUID run, String certificate, String honesty, Instant at) {
        sql.sql("update placement.run set state = 'solved', certificate = :c::jsonb, honesty = :h::jsonb, finished_at = :at where school_id = :s and run_id = :r and state = 'running'")
                .param("c", certificate)
                .param("h", honesty)
                .param("at", Timestamp.from(at))
                .param("s", school)
                .param("r", run)
                .update();
    }

    void tricks(UUID school, UUID run, String tricks) {
        sql.sql("update placement.run set tricks = :t::jsonb where school_id = :s and run_id = :r").param("t", tricks).param("s", school).param("r", run).update();
    }

    void failed(UUID school, UUID run, String failure, Instant at) {
        sql.sql("update placement.run set state = 'failed', failure = :f, finished_at = :at where school_id = :s and run_id = :r and state = 'running'")
                .param("f", failure)
                .param("at", Timestamp.from(at))
                .param("s", school)
                .param("r", run)
                .update();
    }

    boolean publish(UUID school, UUID run, UUID by, Instant at, Instant objectionsUntil) {
        return sql.sql("""
                update placement.run set state = 'published', published_at = :at, published_by = :by, objections_until = :until
                where school_id = :s and run_id = :r and state = 'solved' and not preview
                """)
                        .param("at", Timestamp.from(at))
                        .param("by", by)
                        .param("until", Timestamp.from(objectionsUntil))
                        .param("s", school)
                        .param("r", run)
                        .update()
                == 1;
    }

    /** @param lines by child */
    void keepLines(UUID school, UUID run, Map<UUID, String> lines) {
        sql.sql("""
                insert into placement.family_line (school_id, run_id, pupil_id, proof)
                select :s, :r, x.pupil, x.proof::jsonb from unnest(:pupils::uuid[], :proofs::text[]) as x (pupil, proof)
                """)
                .param("s", school)
                .param("r", run)
                .param("pupils", lines.keySet().toArray(UUID[]::new))
                .param("proofs", lines.values().toArray(String[]::new))
                .update();
    }

    /** A published result. */
    record PublishedRow(UUID run, UUID round, String roundName, String drawOrder, Instant publishedAt) {}

    List<PublishedRow> published(UUID school) {
        return sql.sql("""
                select r.run_id as run, r.round_id as round, e.name as round_name, r.draw_order, r.published_at
                from placement.run r join enrolment.pub_round e using (school_id, round_id) where r.school_id = :s and r.state = 'published' order by r.published_at desc
                """)
                .param("s", school)
                .query(PublishedRow.class)
                .list();
    }

    boolean discard(UUID school, UUID run) {
        return sql.sql("update placement.run set state = 'discarded' where school_id = :s and run_id = :r and state in ('solved', 'failed')").param("s", school).param("r", run).update() == 1;
    }

    /** One run of a round at a time may change what the school holds: publications of a round queue here. */
    void lockRound(UUID school, UUID round) {
        sql.sql("select pg_advisory_xact_lock(hashtextextended(:k, 7))").param("k", school + "/" + round).query((r, n) -> 0).list();
    }

    void addClosings(UUID school, UUID run, List<ClosingRow> closings) {
        batch.batchUpdate(
                "insert into placement.run_closing (school_id, run_id, section_id, placeable, min_size) values (:s, :r, :x, :p, :m) on conflict do nothing",
                closings.stream()
                        .map(c -> new MapSqlParameterSource("s", school).addValue("r", run).addValue("x", c.section()).addValue("p", c.placeable()).addValue("m", c.minSize()))
                        .toArray(MapSqlParameterSource[]::new));
    }

    List<ClosingRow> closings(UUID school, UUID run) {
        return sql.sql("""
                select c.section_id as section, x.code, x.name, c.placeable, c.min_size, c.confirmed_at is not null as confirmed
                from placement.run_closing c join programme.pub_section x using (school_id, section_id) where c.school_id = :s and c.run_id = :r order by x.code
                """)
                .param("s", school)
                .param("r", run)
                .query(ClosingRow.class)
                .list();
    }

    void confirmClosings(UUID school, UUID run, UUID by, Instant at) {
        sql.sql("update placement.run_closing set confirmed_by = :by, confirmed_at = :at where school_id = :s and run_id = :r and confirmed_at is null")
                .param("by", by)
                .param("at", Timestamp.from(at))
                .param("s", school)
                .param("r", run)
                .update();
    }

    record ExplanationRow(UUID pupil, UUID section, String reason, String facts) {}

    void addExplanations(UUID school, UUID run, List<ExplanationRow> rows) {
        batch.batchUpdate(
                "insert into placement.explanation (school_id, run_id, pupil_id, section_id, reason, facts) values (:s, :r, :p, :x, :reason, :facts::jsonb) on conflict do nothing",
                rows.stream()
                        .map(e -> new MapSqlParameterSource("s", school).addValue("r", run).addValue("p", e.pupil()).addValue("x", e.section()).addValue("reason", e.reason()).addValue("facts", e.facts()))
                        .toArray(MapSqlParameterSource[]::new));
    }

    record ReasonCount(String reason, int families, int sentences) {}

    List<ReasonCount> reasonCounts(UUID school, UUID run) {
        return sql.sql("select reason, count(distinct pupil_id)::int as families, count(*)::int as sentences from placement.explanation where school_id = :s and run_id = :r group by reason order by 2 desc, 1")
                .param("s", school)
                .param("r", run)
                .query(ReasonCount.class)
                .list();
    }

    record RunPrice(UUID run, int exchange, int closings) {}

    /** Per run of a round: how many families would read that another child's loss outweighs their gain, and how many sections do not run. */
    List<RunPrice> prices(UUID school, UUID round) {
        return sql.sql("""
                select r.run_id as run, (select count(distinct e.pupil_id)::int from placement.explanation e where e.school_id = r.school_id and e.run_id = r.run_id and e.reason = 'exchange') as exchange,
                       (select count(*)::int from placement.run_closing c where c.school_id = r.school_id and c.run_id = r.run_id) as closings
                from placement.run r where r.school_id = :s and r.round_id = :r and r.certificate is not null
                """)
                .param("s", school)
                .param("r", round)
                .query(RunPrice.class)
                .list();
    }

    /** Opens the seat counters of a term's sections; existing ones keep what is taken. */
    void openCounters(UUID school, UUID term, @Nullable Integer childMost, List<UUID> closed) {
        sql.sql("""
                insert into placement.section_seats (school_id, section_id, term_id, activity, grade_lo, grade_hi, capacity, child_most, state)
                select x.school_id, x.section_id, x.term_id, x.activity, x.grade_lo, x.grade_hi, x.capacity, :most, case when x.section_id = any(:closed) then 'closed' else 'running' end
                from programme.pub_section x where x.school_id = :s and x.term_id = :t and x.state = 'published'
                on conflict (school_id, section_id) do update set state = excluded.state,
                    child_most = excluded.child_most,
                    capacity = greatest(excluded.capacity, placement.section_seats.taken + placement.section_seats.held - placement.section_seats.over), grade_lo = excluded.grade_lo, grade_hi = excluded.grade_hi
                """)
                .param("most", childMost, Types.INTEGER)
                .param("closed", closed.toArray(UUID[]::new))
                .param("s", school)
                .param("t", term)
                .update();
        sql.sql("""
                insert into placement.section_slot (school_id, section_id, band, slot_id)
                select y.school_id, y.section_id, l.band, y.slot_id
                from programme.pub_section_slot y join calendar.pub_slot l using (school_id, slot_id) join placement.section_seats c on c.school_id = y.school_id and c.section_id = y.section_id
                where y.school_id = :s and y.term_id = :t on conflict do nothing
                """)
                .param("s", school)
                .param("t", term)
                .update();
    }

    record PlaceRow(UUID pupil, int grade, String band) {}

    /** Ids of the children who are at the school. */
    Set<String> atSchool(UUID school) {
        return Set.copyOf(sql.sql("select pupil_id::text from roster.pub_pupil where school_id = :s").param("s", school).query(String.class).list());
    }

    Map<UUID, PlaceRow> places(UUID school, UUID term) {
        Map<UUID, PlaceRow> all = new LinkedHashMap<>();
        sql.sql("""
                select p.pupil_id as pupil, p.grade, b.band from roster.pub_pupil p join calendar.pub_band b on b.school_id = p.school_id and b.term_id = :t and b.grade = p.grade
                where p.school_id = :s
                """)
                .param("s", school)
                .param("t", term)
                .query(PlaceRow.class)
                .list()
                .forEach(p -> all.put(p.pupil(), p));
        return all;
    }

    record SectionFigures(
            UUID section, String code, String name, int capacity, int minSize, boolean fixed, int firsts, int wishes, int placed, @Nullable Integer rank1, @Nullable Integer rank2, @Nullable Integer rank3) {}

    /** Before and after, per section: how many wished it and how many a run seats there. The run's rows come as arrays, so that it is one statement. */
    List<SectionFigures> figures(UUID school, UUID round, UUID term, UUID[] sections, int[] ranks) {
        return sql.sql("""
                with placed as (select u.section, count(*) filter (where u.rank >= 0)::int as n, count(*) filter (where u.rank = 1)::int as r1, count(*) filter (where u.rank = 2)::int as r2,
                                       count(*) filter (where u.rank >= 3)::int as r3
                                from unnest(:sections::uuid[], :ranks::int[]) as u(section, rank) group by u.section),
                     wished as (select w.section_id, count(distinct w.pupil_id)::int as n, count(distinct w.pupil_id) filter (where w.rank = 1)::int as first
                                from enrolment.pub_wish w where w.school_id = :s and w.round_id = :r group by w.section_id)
                select x.section_id as section, x.code, x.name, x.capacity, x.min_size, x.fixed, coalesce(w.first, 0) as firsts, coalesce(w.n, 0) as wishes, coalesce(p.n, 0) as placed,
                       p.r1 as rank1, p.r2 as rank2, p.r3 as rank3
                from programme.pub_section x left join wished w on w.section_id = x.section_id left join placed p on p.section = x.section_id
                where x.school_id = :s and x.term_id = :t and x.state = 'published' order by x.code
                """)
                .param("sections", sections)
                .param("ranks", ranks)
                .param("s", school)
                .param("r", round)
                .param("t", term)
                .query(SectionFigures.class)
                .list();
    }

    int familiesTold(UUID school, UUID round) {
        return sql.sql("select count(*)::int from enrolment.pub_sheet where school_id = :s and round_id = :r and takes_part").param("s", school).param("r", round).query(Integer.class).single();
    }

    void addWaiting(UUID school, UUID term, List<WaitingRow> rows, Instant at) {
        batch.batchUpdate(
                """
                insert into placement.waiting (school_id, waiting_id, term_id, section_id, pupil_id, place_key, mode, since, grade, band)
                values (:s, :id, :t, :x, :p, :k, :m, :at, :g, :b) on conflict do nothing
                """,
                rows.stream()
                        .map(w -> new MapSqlParameterSource("s", school)
                                .addValue("id", w.id())
                                .addValue("t", term)
                                .addValue("x", w.section())
                                .addValue("p", w.pupil())
                                .addValue("k", w.key())
                                .addValue("m", w.mode())
                                .addValue("g", w.grade())
                                .addValue("b", w.band())
                                .addValue("at", Timestamp.from(at), Types.TIMESTAMP))
                        .toArray(MapSqlParameterSource[]::new));
    }

    record WaitingRow(UUID id, UUID section, UUID pupil, long key, String mode, int grade, String band) {}

    /** Whether a family takes waiting places: yes, ask, or no row. */
    Map<UUID, String> waitingModes(UUID school, UUID round) {
        Map<UUID, String> all = new LinkedHashMap<>();
        sql.sql("select pupil_id, waiting from enrolment.pub_sheet where school_id = :s and round_id = :r and takes_part and waiting <> 'no'")
                .param("s", school)
                .param("r", round)
                .query((r, n) -> all.put(r.getObject(1, UUID.class), r.getString(2)))
                .list();
        return all;
    }
}
