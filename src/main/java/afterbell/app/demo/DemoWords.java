package afterbell.app.demo;

import afterbell.base.shared.text.DataFile;
import afterbell.term.programme.Offering;

/** Words of {@code demo/programme.yaml}. */
record DemoWords(DataFile file) {
    static DemoWords read() {
        return new DemoWords(DataFile.load("demo/programme.yaml"));
    }

    String price(String key) {
        return file.at("price").at(key).text();
    }

    /** What stands in a slot of noon care. */
    String noon() {
        return file.text("noon");
    }

    Offering.Domain domain(String word) {
        return file.at("domains").has(word) ? Offering.Domain.of(file.at("domains").at(word).text()) : Offering.Domain.OTHER;
    }
}
