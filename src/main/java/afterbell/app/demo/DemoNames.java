package afterbell.app.demo;

import afterbell.base.shared.text.DataFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Draws believable Chinese names from {@code demo/names.yaml}. */
public final class DemoNames {
    private final List<String> surnames = new ArrayList<>();
    private final int[] weightUntil;
    private final Map<String, DataFile> tables;

    public DemoNames() {
        DataFile file = DataFile.load("demo/names.yaml");
        tables = file.entries();
        Map<String, DataFile> weights = file.at("surnames").entries();
        weightUntil = new int[weights.size()];
        int sum = 0;
        for (Map.Entry<String, DataFile> entry : weights.entrySet()) {
            sum += entry.getValue().number();
            weightUntil[surnames.size()] = sum;
            surnames.add(entry.getKey());
        }
    }

    public String surname(Random random) {
        int drawn = random.nextInt(weightUntil[weightUntil.length - 1]);
        int at = 0;
        while (weightUntil[at] <= drawn) at++;
        return surnames.get(at);
    }

    public boolean isSurname(String word) {
        return surnames.contains(word);
    }

    public String child(DemoSchool.Gender gender, Random random) {
        return pick(gender == DemoSchool.Gender.MALE ? "childrenMale" : "childrenFemale", random);
    }

    public String adult(DemoSchool.Gender gender, Random random) {
        return pick(gender == DemoSchool.Gender.MALE ? "adultMale" : "adultFemale", random);
    }

    public String elder(DemoSchool.Gender gender, Random random) {
        return pick(gender == DemoSchool.Gender.MALE ? "elderMale" : "elderFemale", random);
    }

    /** Given names with characters that old systems lose, some beyond the basic plane. */
    public List<String> rare() {
        return table("rare");
    }

    /** Whole names of many characters, with a middle dot. */
    public List<String> longNames() {
        return table("long");
    }

    private String pick(String table, Random random) {
        List<String> words = table(table);
        return words.get(random.nextInt(words.size()));
    }

    private List<String> table(String key) {
        DataFile table = tables.get(key);
        if (table == null) throw new IllegalStateException("demo/names.yaml has no " + key);
        return table.texts();
    }
}
