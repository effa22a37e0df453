package afterbell.base.shared.sheet;

import afterbell.base.shared.sheet.ImportPreview.Answer;
import afterbell.base.shared.sheet.ImportPreview.Ask;
import afterbell.base.shared.sheet.ImportPreview.By;
import afterbell.base.shared.sheet.ImportPreview.Change;
import afterbell.base.shared.sheet.ImportPreview.Changed;
import afterbell.base.shared.sheet.ImportPreview.Doubt;
import afterbell.base.shared.sheet.ImportPreview.Entry;
import afterbell.base.shared.sheet.ImportPreview.Is;
import afterbell.base.shared.sheet.ImportPreview.IsNew;
import afterbell.base.shared.sheet.ImportPreview.Known;
import afterbell.base.shared.sheet.ImportPreview.New;
import afterbell.base.shared.sheet.ImportPreview.RowAt;
import afterbell.base.shared.sheet.ImportPreview.Same;
import afterbell.base.shared.sheet.ImportPreview.Skip;
import afterbell.base.shared.sheet.ImportPreview.Skipped;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the record of each row. In order: a person's answer, a number, then name, class and birthday where each stands once on both
 * sides; what is left is asked or new. No step depends on the order of the rows.
 */
final class Matcher {
    private static final String JOIN = "\u001F";

    private final ImportKind kind;
    private final List<Known> known;
    private final Map<RowAt, Answer> answers;
    private final List<ParsedRow> rows;
    private final List<ParsedRow> faulty;
    private final List<BadCell> bad;
    private int badCount;

    private final Map<ParsedRow, Entry> decided = new IdentityHashMap<>();
    private final Set<Known> taken = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Known> spokenOf = Collections.newSetFromMap(new IdentityHashMap<>());

    Matcher(ImportKind kind, List<Known> known, SheetImport read, Map<RowAt, Answer> answers) {
        this.kind = kind;
        this.known = known;
        this.answers = answers;
        bad = new ArrayList<>(read.bad());
        badCount = read.badCount();
        rows = new ArrayList<>(read.rows());
        faulty = new ArrayList<>(read.faulty());
    }

    ImportPreview match() {
        refuseDoubles();
        takeAnswers();
        matchNumbers();
        ImportKind.PersonKey person = kind.person();
        if (person != null) new Persons(person).match();
        List<Entry> entries = new ArrayList<>(rows.size());
        for (ParsedRow row : rows) {
            Entry entry = decided.getOrDefault(row, new New(row));
            if (entry instanceof New && kind.onlyKnown()) refuse(row, "name", SheetProblem.of("sheet.row.nobody"));
            else entries.add(entry);
        }
        return new ImportPreview(kind, entries, gone(), bad, badCount);
    }

    /** The same number twice in a file is a slip. Where the rows say the same the first stands for all; where they differ only a person knows which is right, and none is taken. */
    private void refuseDoubles() {
        Set<ParsedRow> refused = Collections.newSetFromMap(new IdentityHashMap<>());
        for (List<String> number : kind.numbers()) {
            Map<String, List<ParsedRow>> byNumber = new LinkedHashMap<>();
            for (ParsedRow row : rows) {
                String key = rowKey(row, number);
                if (key != null) byNumber.computeIfAbsent(key, ignored -> new ArrayList<>(1)).add(row);
            }
            for (List<ParsedRow> alike : byNumber.values()) {
                ParsedRow first = alike.getFirst();
                boolean differ = alike.stream().anyMatch(row -> !Arrays.equals(first.values(), row.values()));
                for (ParsedRow row : alike) {
                    if (row == first && !differ || alike.size() < 2 || !refused.add(row)) continue;
                    ParsedRow other = row == first ? alike.get(1) : first;
                    refuse(row, number.getFirst(), SheetProblem.of(differ ? "sheet.row.number-twice" : "sheet.row.double", other.tab(), other.row()));
                }
            }
        }
        ImportKind.PersonKey person = kind.person();
        if (person != null) refuseDoublePersons(person, refused);
        rows.removeIf(refused::contains);
        faulty.addAll(refused);
    }

    /** Two rows of one name and class are two children only when birthday or number tells them apart. */
    private void refuseDoublePersons(ImportKind.PersonKey person, Set<ParsedRow> refused) {
        Map<String, List<ParsedRow>> alike = new HashMap<>();
        for (ParsedRow row : rows) {
            String key = key(row.values(), List.of(person.name(), person.group()));
            if (key != null && !refused.contains(row)) alike.computeIfAbsent(key, ignored -> new ArrayList<>(1)).add(row);
        }
        for (List<ParsedRow> group : alike.values()) {
            if (group.size() < 2) continue;
            for (int i = 0; i < group.size(); i++) {
                ParsedRow row = group.get(i);
                if (answers.containsKey(at(row))) continue;
                ParsedRow other = group.get(i == 0 ? 1 : 0);
                boolean numbered = kind.numbers().stream().anyMatch(number -> key(row.values(), number) != null);
                if (!numbered && value(row, person.birthday()).isEmpty()) {
                    refused.add(row);
                    refuse(row, person.birthday(), SheetProblem.of("sheet.row.homonym", value(row, person.name()), other.tab(), other.row()));
                } else if (i > 0 && sameAsEarlier(group, i, person)) {
                    refused.add(row);
                    refuse(row, person.name(), SheetProblem.of("sheet.row.double", group.getFirst().tab(), group.getFirst().row()));
                }
            }
        }
    }

    private boolean sameAsEarlier(List<ParsedRow> group, int at, ImportKind.PersonKey person) {
        ParsedRow row = group.get(at);
        for (ParsedRow earlier : group.subList(0, at)) {
            boolean numbersDiffer = false;
            for (List<String> number : kind.numbers()) {
                String mine = key(row.values(), number);
                String other = key(earlier.values(), number);
                numbersDiffer |= mine != null && other != null && !mine.equals(other);
            }
            if (!numbersDiffer && value(row, person.birthday()).equals(value(earlier, person.birthday()))) return true;
        }
        return false;
    }

    private void takeAnswers() {
        if (answers.isEmpty()) return;
        Map<String, Known> byKey = new HashMap<>();
        for (Known record : known) byKey.put(record.key(), record);
        for (ParsedRow row : rows) {
            switch (answers.get(at(row))) {
                case Is is -> {
                    Known record = byKey.get(is.key());
                    if (record != null && !taken.contains(record)) take(row, record, By.ANSWER);
                }
                case IsNew ignored -> decided.put(row, new New(row));
                case Skip ignored -> decided.put(row, new Skipped(row));
                case null -> {}
            }
        }
    }

    private void matchNumbers() {
        for (List<String> number : kind.numbers()) {
            Map<String, Known> byNumber = new HashMap<>();
            for (Known record : known) {
                String key = key(record.values(), number);
                if (key != null && !taken.contains(record)) byNumber.put(key, record);
            }
            for (ParsedRow row : rows) {
                String key = decided.containsKey(row) ? null : rowKey(row, number);
                Known record = key == null ? null : byNumber.get(key);
                if (record == null || taken.contains(record)) continue;
                if (isAnother(row, record)) ask(row, Doubt.NUMBER_OF_ANOTHER, List.of(record), null);
                else take(row, record, By.NUMBER);
            }
        }
    }

    private boolean isAnother(ParsedRow row, Known record) {
        ImportKind.PersonKey person = kind.person();
        if (person == null) return false;
        int name = kind.index(person.name());
        int birthday = kind.index(person.birthday());
        return differ(row.values()[name], record.values()[name]) && differ(row.values()[birthday], record.values()[birthday]);
    }

    /** Matching people without numbers. */
    private final class Persons {
        private final int name;
        private final int group;
        private final int birthday;
        private final int contact;
        private final Map<String, List<Known>> byName = new HashMap<>();
        private final Map<String, List<ParsedRow>> rowsByName = new HashMap<>();

        Persons(ImportKind.PersonKey person) {
            name = kind.index(person.name());
            group = kind.index(person.group());
            birthday = kind.index(person.birthday());
            contact = person.contact() == null ? -1 : kind.index(person.contact());
            for (Known record : known)
                if (!taken.contains(record)) byName.computeIfAbsent(record.values()[name], ignored -> new ArrayList<>(1)).add(record);
            for (ParsedRow row : rows)
                if (!decided.containsKey(row))
                    rowsByName.computeIfAbsent(row.values()[name], ignored -> new ArrayList<>(1)).add(row);
        }

        void match() {
            for (Map.Entry<String, List<ParsedRow>> named : rowsByName.entrySet())
                matchOneName(named.getValue(), byName.getOrDefault(named.getKey(), List.of()));
            askForCorrectedNames();
        }

        private void matchOneName(List<ParsedRow> alike, List<Known> candidates) {
            if (candidates.isEmpty()) return;
            for (ParsedRow row : alike) matchWhole(row, alike, candidates);
            for (ParsedRow row : alike) if (!decided.containsKey(row)) matchWithoutBirthday(row, alike, candidates);
            for (ParsedRow row : alike) if (!decided.containsKey(row)) askInClass(row, candidates);
            for (ParsedRow row : alike) if (!decided.containsKey(row)) askInOtherClass(row, alike, candidates);
        }

        private void matchWhole(ParsedRow row, List<ParsedRow> alike, List<Known> candidates) {
            if (row.values()[birthday].isEmpty()) return;
            List<Known> found = free(candidates).stream()
                    .filter(record -> same(row, record, group) && same(row, record, birthday))
                    .toList();
            if (found.isEmpty()) return;
            boolean onlyRow = alike.stream().filter(other -> same(other, row, group) && same(other, row, birthday)).count() == 1;
            if (found.size() > 1 || !onlyRow) ask(row, Doubt.HOMONYM, found, null);
            else if (numbersDiffer(row, found.getFirst())) ask(row, Doubt.OTHER_NUMBER, found, found.getFirst());
            else take(row, found.getFirst(), By.PERSON);
        }

        /** One name, one class, and one side doesn't know the birthday: the same child, if nobody else there bears the name. */
        private void matchWithoutBirthday(ParsedRow row, List<ParsedRow> alike, List<Known> candidates) {
            List<Known> found = candidates.stream().filter(record -> same(row, record, group)).toList();
            if (found.size() != 1 || taken.contains(found.getFirst())) return;
            boolean onlyRow = alike.stream().filter(other -> same(other, row, group)).count() == 1;
            Known record = found.getFirst();
            if (onlyRow && !differ(row.values()[birthday], record.values()[birthday]) && !numbersDiffer(row, record)) take(row, record, By.PERSON);
        }

        private void askInClass(ParsedRow row, List<Known> candidates) {
            List<Known> found = free(candidates).stream().filter(record -> same(row, record, group)).toList();
            if (found.isEmpty()) return;
            if (row.values()[birthday].isEmpty()) {
                ask(row, Doubt.HOMONYM, found, null);
            } else if (found.size() == 1) {
                Known record = found.getFirst();
                boolean hasOther = differ(row.values()[birthday], record.values()[birthday]);
                ask(row, hasOther ? Doubt.OTHER_BIRTHDAY : Doubt.OTHER_NUMBER, found, sharesContact(row, record) ? record : null);
            } else if (found.stream().anyMatch(record -> record.values()[birthday].isEmpty())) {
                ask(row, Doubt.HOMONYM, found, null);
            }
        }

        private void askInOtherClass(ParsedRow row, List<ParsedRow> alike, List<Known> candidates) {
            boolean knowsBirthday = !row.values()[birthday].isEmpty();
            List<Known> found = free(candidates).stream()
                    .filter(record -> !same(row, record, group))
                    .filter(record -> knowsBirthday ? same(row, record, birthday) : sharesContact(row, record))
                    .toList();
            if (found.isEmpty() || found.size() > 1 && !knowsBirthday) return;
            boolean onlyRow = alike.stream().filter(other -> same(other, row, birthday)).count() == 1;
            ask(row, Doubt.OTHER_CLASS, found, found.size() == 1 && onlyRow ? found.getFirst() : null);
        }

        /** Who is missing from the file while somebody of the same class, birthday and family is new in it may have been renamed. */
        private void askForCorrectedNames() {
            if (contact < 0) return;
            Map<String, List<Known>> left = new HashMap<>();
            for (Known record : known) {
                if (taken.contains(record) || spokenOf.contains(record) || record.values()[birthday].isEmpty()) continue;
                left.computeIfAbsent(record.values()[group] + JOIN + record.values()[birthday], ignored -> new ArrayList<>(1)).add(record);
            }
            for (ParsedRow row : rows) {
                if (decided.containsKey(row)) continue;
                List<Known> found = left.getOrDefault(row.values()[group] + JOIN + row.values()[birthday], List.of()).stream()
                        .filter(record -> !spokenOf.contains(record) && sharesContact(row, record))
                        .toList();
                if (!found.isEmpty()) ask(row, Doubt.OTHER_NAME, found, null);
            }
        }

        private boolean sharesContact(ParsedRow row, Known record) {
            if (contact < 0) return false;
            String mine = row.values()[contact];
            String other = record.values()[contact];
            if (mine.isEmpty() || other.isEmpty()) return false;
            Set<String> phones = new HashSet<>();
            for (Contact adult : Contact.decode(other)) if (adult.phone() != null) phones.add(adult.phone());
            return Contact.decode(mine).stream().anyMatch(adult -> adult.phone() != null && phones.contains(adult.phone()));
        }

        private List<Known> free(List<Known> candidates) {
            return candidates.stream().filter(record -> !taken.contains(record)).toList();
        }

        private static boolean same(ParsedRow row, Known record, int field) {
            return row.values()[field].equals(record.values()[field]);
        }

        private static boolean same(ParsedRow row, ParsedRow other, int field) {
            return row.values()[field].equals(other.values()[field]);
        }
    }

    private boolean numbersDiffer(ParsedRow row, Known record) {
        for (List<String> number : kind.numbers()) {
            String mine = key(row.values(), number);
            String other = key(record.values(), number);
            if (mine != null && other != null && !mine.equals(other)) return true;
        }
        return false;
    }

    private void take(ParsedRow row, Known record, By by) {
        taken.add(record);
        List<Change> changes = ImportPreview.changes(kind, record, row);
        decided.put(row, changes.isEmpty() ? new Same(row, record, by) : new Changed(row, record, by, changes));
    }

    private void ask(ParsedRow row, Doubt doubt, List<Known> candidates, @Nullable Known suggested) {
        spokenOf.addAll(candidates);
        decided.put(row, new Ask(row, doubt, List.copyOf(candidates), suggested));
    }

    /** Nobody is gone whom a row with a fault may have meant, nor anybody of a group that the file doesn't mention. */
    private List<Known> gone() {
        if (kind.keepsAll()) return List.of();
        Set<String> groups = new HashSet<>();
        if (kind.scope() != null) for (ParsedRow row : rows) groups.add(value(row, kind.scope()));
        Set<String> meant = new HashSet<>();
        for (ParsedRow row : faulty) meant.addAll(marks(row.values()));
        List<Known> gone = new ArrayList<>();
        for (Known record : known) {
            if (taken.contains(record) || spokenOf.contains(record)) continue;
            if (kind.scope() != null && !groups.contains(record.values()[kind.index(kind.scope())])) continue;
            String where = kind.goneWhere();
            if (where != null && record.values()[kind.index(where)].isEmpty()) continue;
            if (!meant.isEmpty() && marks(record.values()).stream().anyMatch(meant::contains)) continue;
            gone.add(record);
        }
        return gone;
    }

    /** What may point at a record: each number, and the name of a person. */
    private List<String> marks(String[] values) {
        List<String> marks = new ArrayList<>();
        for (List<String> number : kind.numbers()) {
            String key = key(values, number);
            if (key != null) marks.add(number + JOIN + key);
        }
        ImportKind.PersonKey person = kind.person();
        if (person != null && !values[kind.index(person.name())].isEmpty()) marks.add(values[kind.index(person.name())]);
        return marks;
    }

    private void refuse(ParsedRow row, String field, SheetProblem problem) {
        badCount++;
        if (bad.size() < SheetImport.MOST_BAD) bad.add(new BadCell(row.tab(), row.row(), "", field, value(row, field), problem));
    }

    private String value(ParsedRow row, String field) {
        return row.values()[kind.index(field)];
    }

    /** What a row is found by; a fallback counts only where the row has no other number. */
    private @Nullable String rowKey(ParsedRow row, List<String> number) {
        if (kind.isFallback(number) && kind.numbers().stream().anyMatch(other -> !kind.isFallback(other) && key(row.values(), other) != null)) return null;
        return key(row.values(), number);
    }

    private @Nullable String key(String[] values, List<String> fields) {
        StringBuilder key = new StringBuilder();
        for (String field : fields) {
            String value = values[kind.index(field)];
            if (value.isEmpty()) return null;
            key.append(value).append(JOIN);
        }
        return key.toString();
    }

    private static boolean differ(String one, String other) {
        return !one.isEmpty() && !other.isEmpty() && !one.equals(other);
    }

    private static RowAt at(ParsedRow row) {
        return new RowAt(row.tab(), row.row());
    }
}
