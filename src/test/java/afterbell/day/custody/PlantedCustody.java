package afterbell.day.custody;

import afterbell.day.custody.childday.Alarm;
import afterbell.day.custody.childday.Entry;
import afterbell.day.custody.childday.Fact;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A store of the chain with one bug at a time: what a careless change of this room could do to the laws. */
public final class PlantedCustody extends CustodyStore {
    /** Which law each one breaks, as the laws would be told. */
    public enum Bug {
        /** Law 2: red, and nobody hears it. */
        NOTHING_RINGS,
        /** Law 2: time alone changes nothing any more. */
        THE_CLOCK_STANDS,
        /** Law 2: a card checks a child out. */
        A_CARD_CHECKS_OUT,
        /** Law 2: an hour after the end everybody has left. */
        THE_CLOCK_CHECKS_OUT,
        /** Law 2: the class teacher answers for ever. */
        THE_BATON_NEVER_MOVES,
        /** Law 2: of two claims the second wins in silence. */
        THE_LAST_CLAIM_WINS,
        /** Law 2: who is still here counts as gone. */
        THE_PRESENT_COUNT_AS_GONE,
        /** Law 6: keys are not kept, so what is sent twice stands twice. */
        KEYS_ARE_LOST,
        /** Law 6: understood in the order of arrival. */
        ORDER_OF_ARRIVAL,
        /** Law 2: it is not the duty leader in whose name a child is accounted for. */
        SOMEBODY_ELSE_ACCOUNTS,
        /** Law 2: a clock that runs ahead is believed. */
        CLOCKS_ARE_BELIEVED,
        /** Law 2: what rang goes on ringing. */
        NOTHING_FALLS_SILENT
    }

    private final Supplier<Bug> planted;

    private PlantedCustody(JdbcClient sql, Supplier<Bug> planted) {
        super(sql);
        this.planted = planted;
    }

    /** Puts itself in the place of the house's own store. @param planted null while there is no bug */
    public static UnaryOperator<Object> instead(Supplier<JdbcClient> sql, Supplier<Bug> planted) {
        return bean -> bean instanceof CustodyStore ? new PlantedCustody(sql.get(), planted) : bean;
    }

    private boolean is(Bug bug) {
        return bug == planted.get();
    }

    @Override
    void ring(UUID school, LocalDate day, List<Ringing> ringing, Instant now) {
        if (is(Bug.NOTHING_RINGS)) return;
        super.ring(school, day, !is(Bug.THE_LAST_CLAIM_WINS) ? ringing : ringing.stream().filter(r -> r.alarm().kind() != Alarm.Kind.DISPUTED).toList(), now);
    }

    /** What the node remembers is out of date at each look, so that a bug in the tables is a bug in what is read. */
    @Override
    Map<UUID, Locked> lock(UUID school, LocalDate day, Collection<UUID> pupils) {
        Map<UUID, Locked> locked = new LinkedHashMap<>(super.lock(school, day, pupils));
        if (planted.get() != null) locked.replaceAll((pupil, l) -> new Locked(pupil, -1, l.entries(), l.alarms()));
        return locked;
    }

    @Override
    AtOnce tellAsKnown(UUID school, LocalDate day, Map<UUID, KnownChains.Known> known, List<Link> links, List<Projection> standings, Instant now) {
        return planted.get() == null ? super.tellAsKnown(school, day, known, links, standings, now) : new AtOnce(false, Map.of());
    }

    @Override
    void tell(UUID school, LocalDate day, List<Link> links, List<Projection> standings) {
        List<Link> kept = links.stream().map(l -> new Link(l.pupil(), spoiled(l.entry()))).toList();
        super.tell(school, day, kept, standings.stream().map(this::spoiled).toList());
    }

    private Entry spoiled(Entry e) {
        if (is(Bug.KEYS_ARE_LOST)) return with(e, UUID.randomUUID(), e.at());
        if (is(Bug.CLOCKS_ARE_BELIEVED) && e.fact() instanceof Fact.Missed) return with(e, e.id(), e.recorded().plus(Duration.ofMinutes(30)));
        if (is(Bug.SOMEBODY_ELSE_ACCOUNTS) && e.fact() instanceof Fact.Accounted) return new Entry(e.id(), e.at(), e.recorded(), new UUID(7, 7), e.fact(), e.doubts());
        return e;
    }

    @Override
    void silence(UUID school, LocalDate day, List<Open> over, Instant now) {
        if (!is(Bug.NOTHING_FALLS_SILENT)) super.silence(school, day, over, now);
    }

    @Override
    Map<UUID, List<Entry>> chains(UUID school, LocalDate day, Collection<UUID> pupils) {
        Map<UUID, List<Entry>> chains = super.chains(school, day, pupils);
        if (is(Bug.ORDER_OF_ARRIVAL)) chains.replaceAll((pupil, chain) -> new ArrayList<>(chain.stream().map(e -> with(e, e.id(), e.recorded())).toList()));
        return chains;
    }

    private static Entry with(Entry e, UUID id, Instant at) {
        return new Entry(id, at, e.recorded(), e.by(), e.fact(), e.doubts());
    }

    @Override
    void write(UUID school, LocalDate day, List<Projection> standings) {
        super.write(school, day, standings.stream().map(this::spoiled).toList());
    }

    private Projection spoiled(Projection p) {
        if (is(Bug.THE_CLOCK_STANDS)) return of(p, p.state(), p.custodian(), p.closed(), p.red(), p.alarms(), null);
        boolean out = !p.day().entries().isEmpty() && p.day().entries().getLast().fact() instanceof Fact.Swiped swiped && swiped.out();
        if (is(Bug.A_CARD_CHECKS_OUT) && out) return of(p, ChildStanding.State.WALKED_HOME, null, true, false, List.of(), p.next());
        Instant end = p.day().plan().leaves().plus(Duration.ofMinutes(15));
        boolean over = p.readAt().isAfter(end);
        if (is(Bug.THE_CLOCK_CHECKS_OUT) && !over && !p.closed()) return of(p, p.state(), p.custodian(), false, p.red(), p.alarms(), p.next() == null || p.next().isAfter(end) ? end : p.next());
        if (is(Bug.THE_CLOCK_CHECKS_OUT) && over && !p.closed()) return of(p, ChildStanding.State.WITH_LINE, null, true, false, List.of(), p.next());
        if (is(Bug.THE_BATON_NEVER_MOVES) && p.custodian() != null) return of(p, p.state(), p.day().plan().stops().getFirst().custodian(), p.closed(), p.red(), p.alarms(), p.next());
        if (is(Bug.THE_PRESENT_COUNT_AS_GONE) && (p.state() == ChildStanding.State.PRESENT || p.state() == ChildStanding.State.WAITING_LATE)) return of(p, p.state(), p.custodian(), true, p.red(), p.alarms(), p.next());
        if (is(Bug.THE_LAST_CLAIM_WINS) && p.state() == ChildStanding.State.DISPUTED) return of(p, ChildStanding.State.PRESENT, p.custodian(), false, false, List.of(), p.next());
        return p;
    }

    private static Projection of(
            Projection p, ChildStanding.State state, @org.jspecify.annotations.Nullable UUID custodian, boolean closed, boolean red, List<Alarm> alarms, @org.jspecify.annotations.Nullable Instant next) {
        return new Projection(p.pupil(), p.schoolClass(), p.day(), state, custodian, p.session(), p.until(), p.since(), p.word(), closed, red, p.corrected(), alarms, next, p.readAt());
    }
}
