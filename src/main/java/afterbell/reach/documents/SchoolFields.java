package afterbell.reach.documents;

import afterbell.base.calendar.BellGrid;
import afterbell.base.calendar.GradeBand;
import afterbell.base.calendar.Preparation;
import afterbell.base.calendar.Slot;
import afterbell.base.calendar.SlotKind;
import afterbell.base.calendar.Term;
import afterbell.base.calendar.TermCalendar;
import afterbell.base.rules.Rule;
import afterbell.base.rules.Rules;
import afterbell.base.rules.ServiceClass;
import afterbell.base.schools.School;
import afterbell.base.shared.web.Offscreen;
import afterbell.base.shared.web.Screen;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** The fields that need no later room: the school, the term, its times, the rules that hold. */
@Component
class SchoolFields implements LetterFields {
    private final Rules rules;
    private final Offscreen offscreen;

    SchoolFields(Rules rules, Offscreen offscreen) {
        this.rules = rules;
        this.offscreen = offscreen;
    }

    @Override
    public List<Field> fields(School s, TermCalendar calendar) {
        UUID school = s.id();
        Term term = calendar.term();
        Screen zh = offscreen.screen(Locale.SIMPLIFIED_CHINESE, s.name());
        LocalDate first = term.dates().first();
        Map<Preparation.Task, Preparation.Dated> steps = Preparation.timeline(
                        calendar.days(),
                        new Preparation.Facts(term.registration(), term.serviceWeek(), term.clubsWeek(), term.addDropWeeks(), rules.value(school, first, Rule.ROUND_MIN_DAYS), rules.value(school, first, Rule.OBJECTION_DAYS)))
                .stream()
                .collect(Collectors.toMap(Preparation.Dated::task, d -> d, (a, b) -> a));
        List<Field> fields = new ArrayList<>();
        fields.add(new Field("school.name", "documents.field.school_name", s.name()));
        fields.add(new Field("school.phone", "documents.field.school_phone", s.phone()));
        fields.add(new Field("term.name", "documents.field.term_name", zh.t("documents.term." + term.half(), term.nameFacts())));
        fields.add(new Field("term.first", "documents.field.term_first", zh.date(first)));
        fields.add(new Field("term.last", "documents.field.term_last", zh.date(term.dates().last())));
        dated(fields, zh, steps, Preparation.Task.BASIC_SERVICE, "term.service_from");
        dated(fields, zh, steps, Preparation.Task.CLUBS_START, "term.clubs_from");
        Optional.ofNullable(steps.get(Preparation.Task.ADD_AND_DROP))
                .ifPresent(d -> fields.add(new Field("term.add_drop_until", "documents.field.add_drop_until", zh.date(d.until()))));
        fields.add(new Field("term.times", "documents.field.times", times(calendar.bells(), zh)));
        fields.add(new Field("rules.club_max", "documents.field.club_max", rules.value(school, first, Rule.CLUB_MAX_SIZE).toString()));
        fields.add(new Field("rules.walking_max", "documents.field.walking_max", rules.value(school, first, Rule.WALKING_CLASS_MAX_SIZE).toString()));
        return fields;
    }

    private static void dated(List<Field> fields, Screen zh, Map<Preparation.Task, Preparation.Dated> steps, Preparation.Task task, String name) {
        Optional.ofNullable(steps.get(task)).ifPresent(d -> fields.add(new Field(name, "documents.field." + name.replace('.', '_'), zh.date(d.from()))));
    }

    /** A table: per band the first bell and the last of each weekday; equal weekdays stand in one row. After-school service alone (section X, 1). */
    private static String times(BellGrid bells, Screen zh) {
        StringBuilder table = new StringBuilder();
        for (GradeBand band : bells.bands()) {
            Map<String, List<DayOfWeek>> byTime = new LinkedHashMap<>();
            for (DayOfWeek day : DayOfWeek.values()) {
                List<Slot> slots = bells.slots(band.code(), day).stream().filter(s -> s.kind() == SlotKind.PERIOD && s.service() == ServiceClass.AFTER_SCHOOL).toList();
                if (slots.isEmpty()) continue;
                LocalTime from = slots.stream().map(s -> s.time().from()).min(Comparator.naturalOrder()).orElseThrow();
                LocalTime until = slots.stream().map(s -> s.time().until()).max(Comparator.naturalOrder()).orElseThrow();
                byTime.computeIfAbsent(zh.time(from) + "–" + zh.time(until), t -> new ArrayList<>()).add(day);
            }
            byTime.forEach((time, days) -> table.append("\n| ").append(band.name().zh()).append(" | ").append(days(days, zh)).append(" | ").append(time).append(" |"));
        }
        return table.isEmpty() ? "" : "| " + zh.t("documents.times.band") + " | " + zh.t("documents.times.days") + " | " + zh.t("documents.times.time") + " |" + table;
    }

    private static String days(List<DayOfWeek> days, Screen zh) {
        boolean row = days.size() > 2 && days.getLast().getValue() - days.getFirst().getValue() == days.size() - 1;
        if (row) return zh.t("documents.times.from_to", zh.weekday(days.getFirst().getValue()), zh.weekday(days.getLast().getValue()));
        return days.stream().map(d -> zh.weekday(d.getValue())).collect(Collectors.joining(" "));
    }
}
