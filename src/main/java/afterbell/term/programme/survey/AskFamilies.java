package afterbell.term.programme.survey;

import afterbell.base.audit.Audit;
import afterbell.base.calendar.Term;
import afterbell.base.roster.Roster;
import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.text.DataFile;
import afterbell.base.shared.web.Choice;
import afterbell.base.shared.web.CommandKeys;
import afterbell.base.shared.web.Typed;
import afterbell.term.programme.Offering;
import afterbell.term.programme.Plans;
import afterbell.term.programme.ProgrammeStore;
import afterbell.term.programme.Section;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Asks families what their children would like, takes their ticks, and shows the office what was wished. */
@Component
class AskFamilies {
    private static final DataFile REFERENCE = DataFile.load("programme/courses.yaml");
    private static final int MOST = 60;
    private static final int LONGEST = 20;
    private static final int USUAL_DAYS = 7;

    private final Plans plans;
    private final ProgrammeStore programme;
    private final SurveyStore store;
    private final Roster roster;
    private final CommandKeys commands;
    private final Audit audit;
    private final Ids ids;
    private final Clock clock;

    AskFamilies(Plans plans, ProgrammeStore programme, SurveyStore store, Roster roster, CommandKeys commands, Audit audit, Ids ids, Clock clock) {
        this.plans = plans;
        this.programme = programme;
        this.store = store;
        this.roster = roster;
        this.commands = commands;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    @Transactional(readOnly = true)
    public SurveyPage page(UUID school, boolean edits) {
        @Nullable Term term = plans.term(school, null).orElse(null);
        if (term == null) return new SurveyPage(null, null, edits, "", "", List.of());
        Optional<Survey> survey = store.of(school, term.id());
        if (survey.isPresent()) return new SurveyPage(term, result(school, term, survey.get()), edits, "", "", List.of());
        return new SurveyPage(term, null, edits, String.join("\n", suggested(school, term)), plans.today().plusDays(USUAL_DAYS).toString(), List.of());
    }

    /** Last term's menu, each activity once; the reference list (R37) where there was none. */
    private List<String> suggested(UUID school, Term term) {
        Set<String> names = new LinkedHashSet<>();
        plans.before(school, term).ifPresent(last -> programme.offerings(school, last.id()).stream().map(Offering::activity).sorted().forEach(names::add));
        return List.copyOf(names.isEmpty() ? new LinkedHashSet<>(REFERENCE.at("courses").texts()) : names).stream().limit(MOST).toList();
    }

    private SurveyPage.Result result(UUID school, Term term, Survey survey) {
        Map<UUID, Offering> offerings = programme.offerings(school, term.id()).stream().collect(Collectors.toMap(Offering::id, o -> o));
        Map<String, Integer> places = new HashMap<>();
        for (Section s : programme.sections(school, term.id())) {
            @Nullable Offering of = offerings.get(s.offering());
            if (of != null && s.state() != Section.State.WITHDRAWN) places.merge(of.activity(), s.capacity(), Integer::sum);
        }
        List<SurveyPage.Line> lines = store.counts(school, survey.id()).stream().map(c -> new SurveyPage.Line(c.name(), c.children(), places.getOrDefault(c.name(), 0))).toList();
        SurveyStore.Reached reached = store.reached(school, survey.id());
        return new SurveyPage.Result(survey.id(), survey.takes(plans.today()), survey.closesOn(), reached.answered(), reached.pupils(), lines, store.missed(school, survey.id()));
    }

    /** The page as typed where refused, empty where families are asked now. */
    @Transactional
    public Optional<SurveyPage> ask(UUID school, Typed form) {
        Term term = plans.term(school, null).orElseThrow(NotFound::new);
        List<Refusal> no = new ArrayList<>();
        List<String> names = Arrays.stream(form.text("items").split("[\n\u3001,\uFF0C;\uFF1B]+")).map(String::strip).filter(n -> !n.isEmpty()).distinct().toList();
        Optional<LocalDate> closes = form.date("closes");
        if (names.size() < 2) no.add(refusal("few", "items"));
        if (names.size() > MOST) no.add(refusal("many", "items", MOST));
        names.stream().filter(n -> n.codePointCount(0, n.length()) > LONGEST).findFirst().ifPresent(n -> no.add(refusal("long", "items", n, LONGEST)));
        if (closes.isEmpty() || closes.get().isBefore(plans.today()) || closes.get().isAfter(plans.today().plusDays(90))) no.add(refusal("closes", "closes"));
        if (!no.isEmpty() || closes.isEmpty()) return Optional.of(new SurveyPage(term, null, true, form.text("items"), form.text("closes"), no));
        commands.once(form.key(ids), term.id() + "/" + names + closes.get(), () -> {
            Optional<Survey> known = store.of(school, term.id());
            if (known.isPresent()) return known.get().id().toString();
            Survey survey = new Survey(ids.next(), term.id(), true, closes.get(), names.stream().map(n -> new Survey.Item(ids.next(), n, "")).toList());
            store.put(school, survey, clock.instant());
            audit.record(school, "programme.survey_opened", "survey", survey.id(), Map.of("items", names.size(), "closes", closes.get().toString()));
            return survey.id().toString();
        });
        return Optional.empty();
    }

    @Transactional
    public void close(UUID school) {
        Term term = plans.term(school, null).orElseThrow(NotFound::new);
        Survey survey = store.of(school, term.id()).orElseThrow(NotFound::new);
        store.close(school, survey.id());
        audit.record(school, "programme.survey_closed", "survey", survey.id(), Map.of());
    }

    @Transactional(readOnly = true)
    public TickPage ticks(UUID school, UUID child) {
        Survey survey = survey(school);
        Optional<String> missing = store.answered(school, survey.id(), child);
        return page(school, child, survey, store.ticked(school, survey.id(), child).stream().map(UUID::toString).collect(Collectors.toSet()), missing.orElse(""), missing.isPresent(), List.of());
    }

    private Survey survey(UUID school) {
        Term term = plans.term(school, null).orElseThrow(NotFound::new);
        return store.of(school, term.id()).orElseThrow(NotFound::new);
    }

    private TickPage page(UUID school, UUID child, Survey survey, Set<String> ticked, String missing, boolean answered, List<Refusal> refusals) {
        List<Choice> items = survey.items().stream().map(i -> Choice.of(i.id().toString(), i.name())).toList();
        return new TickPage(child, roster.pupil(school, child).name(), survey.takes(plans.today()), survey.closesOn(), items, ticked, missing, answered, refusals);
    }

    /** The page as typed where refused, empty where kept. Answering again replaces the answer. */
    @Transactional
    public Optional<TickPage> tick(UUID school, UUID child, Typed form) {
        Survey survey = survey(school);
        List<Refusal> no = new ArrayList<>();
        String missing = form.text("missing").replace('\n', ' ');
        Set<UUID> known = survey.items().stream().map(Survey.Item::id).collect(Collectors.toSet());
        List<UUID> ticks = form.ids("items").stream().filter(known::contains).toList();
        if (!survey.takes(plans.today())) no.add(refusal("closed", ""));
        if (missing.codePointCount(0, missing.length()) > LONGEST) no.add(refusal("missing_long", "missing", LONGEST));
        if (!no.isEmpty()) return Optional.of(page(school, child, survey, ticks.stream().map(UUID::toString).collect(Collectors.toSet()), missing, false, no));
        commands.once(form.key(ids), child + "/" + ticks + missing, () -> {
            store.answer(school, survey.id(), child, ticks, missing, clock.instant());
            return survey.id().toString();
        });
        return Optional.empty();
    }

    private static Refusal refusal(String key, String field, Object... facts) {
        return new Refusal.Simple("programme.survey.refused." + key, field, List.of(facts));
    }
}
