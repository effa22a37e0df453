package afterbell.day.safety.visiting;

import afterbell.base.shared.Ids;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.web.Typed;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A visitor as typed. @param day only where a host announces one */
public record VisitForm(String name, String phone, String plate, String purpose, String people, String host, String note, String day) {
    static final List<String> PURPOSES = List.of("parent", "official", "delivery", "repair", "teaching", "other");
    static final VisitForm EMPTY = new VisitForm("", "", "", "", "1", "", "", "");
    private static final int NAME = 40;
    private static final int NOTE = 200;
    private static final int MOST_PEOPLE = 50;

    static VisitForm of(Typed t) {
        return new VisitForm(t.text("name"), t.text("phone"), t.text("plate"), t.text("purpose"), t.text("people"), t.text("host"), t.text("note"), t.text("day"));
    }

    List<Refusal> refusals() {
        List<Refusal> no = new ArrayList<>();
        if (name.isEmpty() || name.length() > NAME) no.add(no("name"));
        if (!PURPOSES.contains(purpose)) no.add(no("purpose"));
        if (!phone.isEmpty() && !phone.matches("[0-9+() -]{5,24}")) no.add(no("phone"));
        if (plate.length() > 12) no.add(no("plate"));
        if (count() < 1 || count() > MOST_PEOPLE) no.add(no("people"));
        if (note.length() > NOTE) no.add(no("note"));
        return no;
    }

    static Refusal no(String field) {
        return new Refusal.Simple("safety.visit.refused." + field, field, List.of(MOST_PEOPLE, NOTE));
    }

    int count() {
        return people.matches("\\d{1,3}") ? Integer.parseInt(people) : 0;
    }

    Optional<UUID> hostId() {
        return Ids.parse(host);
    }

    Map<String, String> words() {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("name", name);
        if (!phone.isEmpty()) words.put("phone", phone);
        if (!plate.isEmpty()) words.put("plate", plate);
        if (!note.isEmpty()) words.put("note", note);
        return words;
    }

    Map<String, String> facts(UUID host) {
        return Map.of("host", host.toString(), "purpose", purpose, "people", Integer.toString(count()));
    }

    Map<String, String> facts(UUID host, LocalDate on) {
        Map<String, String> all = new LinkedHashMap<>(facts(host));
        all.put("for", on.toString());
        return all;
    }
}
