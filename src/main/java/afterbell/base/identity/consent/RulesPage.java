package afterbell.base.identity.consent;

/** The rules for children's data in numbered sections. */
public record RulesPage(int sections, String version) {}
