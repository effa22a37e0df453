package afterbell.day.dismissal.rides;

import afterbell.base.audit.Audit;
import afterbell.base.identity.PersonName;
import afterbell.base.roster.Roster;
import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.CommandKeys;
import afterbell.day.dismissal.rides.ArrangePage.Band;
import afterbell.day.dismissal.rides.ArrangePage.Keeper;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The office's arrangements. A keeper's name is kept where all names are; a bus that is retired keeps what it did. */
@Component
class ArrangeWays {
    private static final Set<String> WAYS = Set.of("line", "one_by_one");
    private static final Set<String> KINDS = Set.of("bus", "dormitory");
    private static final int LONGEST = 40;
    private static final int MOST_STOPS = 40;

    private final Roster roster;
    private final Audit audit;
    private final CommandKeys keys;
    private final JdbcClient sql;
    private final Ids ids;
    private final Clock clock;

    ArrangeWays(Roster roster, Audit audit, CommandKeys keys, JdbcClient sql, Ids ids, Clock clock) {
        this.roster = roster;
        this.audit = audit;
        this.keys = keys;
        this.sql = sql;
        this.ids = ids;
        this.clock = clock;
    }

    @Transactional(readOnly = true)
    ArrangePage page(Wearer me, ArrangePage.Typed typed, List<? extends Refusal> refusals) {
        List<Band> bands = sql.sql("""
                select g.band, string_agg(g.grade::text, ' / ' order by g.grade) as grades, coalesce(max(b.way), 'line') as way
                from schools.pub_grade g left join dismissal.band_way b on b.school_id = g.school_id and b.band = g.band where g.school_id = :s group by g.band order by min(g.grade)
                """)
                .param("s", me.school())
                .query(Band.class)
                .list();
        List<Keeper> keepers = sql.sql("""
                select k.keeper_id, k.kind, k.name, a.name as keeper, k.stops, k.weekdays, k.gender,
                       (select count(*)::int from dismissal.rider r where r.school_id = k.school_id and r.keeper_id = k.keeper_id and r.ended_at is null) as riders
                from dismissal.keeper k join roster.pub_adult a on a.school_id = k.school_id and a.adult_id = k.adult_id
                where k.school_id = :s and k.retired_at is null order by k.kind, k.name, k.keeper_id
                """)
                .param("s", me.school())
                .query((r, n) -> new Keeper(
                        r.getObject("keeper_id", UUID.class),
                        r.getString("kind"),
                        r.getString("name"),
                        r.getString("keeper"),
                        List.of((String[]) r.getArray("stops").getArray()),
                        List.of((Integer[]) r.getArray("weekdays").getArray()),
                        r.getString("gender"),
                        r.getInt("riders")))
                .list();
        return new ArrangePage(bands, keepers, typed, refusals);
    }

    /** From now on, also for lines that form today. */
    @Transactional
    void band(Wearer me, String band, String way) {
        if (!WAYS.contains(way)) throw new NotFound();
        int known = sql.sql("""
                insert into dismissal.band_way (school_id, band, way, set_by, set_at)
                select :s, :b, :w, :by, :at where exists (select 1 from schools.pub_grade where school_id = :s and band = :b)
                on conflict (school_id, band) do update set way = excluded.way, set_by = excluded.set_by, set_at = excluded.set_at
                """)
                .param("s", me.school())
                .param("b", band)
                .param("w", way)
                .param("by", me.account())
                .param("at", Timestamp.from(clock.instant()))
                .update();
        if (known == 0) throw new NotFound();
        audit.record(me.school(), "dismissal.band_way_set", "school", me.school(), Map.of("band", band, "way", way));
    }

    @Transactional
    Outcome<UUID> add(Wearer me, ArrangePage.Typed typed, UUID key) {
        if (!KINDS.contains(typed.kind())) throw new NotFound();
        String keeper = PersonName.clean(typed.keeper());
        String name = typed.name().strip();
        List<String> stops = typed.kind().equals("bus") ? Arrays.stream(typed.stops().split("[\\r\\n]+")).map(String::strip).filter(s -> !s.isEmpty()).distinct().toList() : List.of();
        List<Integer> weekdays = typed.weekdays().stream().filter(d -> d.matches("[1-7]")).map(Integer::valueOf).sorted().toList();
        List<Refusal> no = new ArrayList<>();
        if (name.isEmpty() || name.length() > LONGEST) no.add(new Refusal.Simple("dismissal.refused.ride_name", "name", List.of(LONGEST)));
        if (!PersonName.good(keeper)) no.add(new Refusal.Simple("dismissal.refused.keeper", "keeper", List.of(PersonName.LONGEST)));
        if (stops.size() > MOST_STOPS || stops.stream().anyMatch(s -> s.length() > LONGEST)) no.add(new Refusal.Simple("dismissal.refused.stops", "stops", List.of(MOST_STOPS, LONGEST)));
        if (weekdays.isEmpty()) no.add(new Refusal.Simple("dismissal.refused.weekdays", "weekday", List.of()));
        if (!no.isEmpty()) return Outcome.refused(no);
        String kept = keys.once(key, "dismissal.keeper " + typed, () -> {
            UUID adult = ids.next();
            UUID id = ids.next();
            roster.addAdults(me.school(), List.of(new Roster.NewAdult(adult, null, keeper)));
            sql.sql("""
                    insert into dismissal.keeper (school_id, keeper_id, kind, name, adult_id, stops, weekdays, gender, made_by, made_at)
                    values (:s, :id, :kind, :name, :a, :stops::text[], :days::int[], :g, :by, :at)
                    """)
                    .param("s", me.school())
                    .param("id", id)
                    .param("kind", typed.kind())
                    .param("name", name)
                    .param("a", adult)
                    .param("stops", stops.toArray(String[]::new))
                    .param("days", weekdays.stream().map(Object::toString).collect(Collectors.joining(",", "{", "}")))
                    .param("g", typed.kind().equals("dormitory") && Set.of("F", "M").contains(typed.gender()) ? typed.gender() : null, Types.VARCHAR)
                    .param("by", me.account())
                    .param("at", Timestamp.from(clock.instant()))
                    .update();
            audit.record(me.school(), "dismissal.keeper_added", "keeper", id, Map.of("kind", typed.kind()));
            return id.toString();
        });
        return Outcome.done(UUID.fromString(kept));
    }

    /** No child is handed to it from now on: those with a consent for it stand with the others again. */
    @Transactional
    boolean retire(Wearer me, UUID keeper) {
        boolean gone = sql.sql("update dismissal.keeper set retired_by = :by, retired_at = :at where school_id = :s and keeper_id = :k and retired_at is null")
                        .param("by", me.account())
                        .param("at", Timestamp.from(clock.instant()))
                        .param("s", me.school())
                        .param("k", keeper)
                        .update()
                > 0;
        if (gone) {
            sql.sql("update dismissal.rider set ended_by = :by, ended_at = :at where school_id = :s and keeper_id = :k and ended_at is null")
                    .param("by", me.account())
                    .param("at", Timestamp.from(clock.instant()))
                    .param("s", me.school())
                    .param("k", keeper)
                    .update();
            audit.record(me.school(), "dismissal.keeper_retired", "keeper", keeper, Map.of());
        }
        return gone;
    }
}
