package afterbell.base.roster.siblings;

import afterbell.base.shared.Refusal;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** @param together ids of the children ticked as brothers and sisters: at first all of them */
public record SiblingsPage(List<School> schools, Set<String> together, List<? extends Refusal> refusals) {

    /** The children of one person at one school; several schools are asked one by one. */
    public record School(UUID id, String name, List<Child> children, boolean answered) {}

    public record Child(UUID id, String name, String className) {}
}
