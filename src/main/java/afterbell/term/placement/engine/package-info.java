/**
 * The placement engine: who gets which club. A pure library; it knows neither Spring nor a database.
 *
 * <p>Words. An <i>instance</i> is the frozen input. A <i>section</i> takes one or more slots as a whole. A <i>wish</i> is
 * a ranked list for one slot or for the week. An <i>order</i> is the published list of levels by which results compare.
 * A <i>seat</i> is one row of the result. A <i>closing</i> is a section that does not run, with its numbers. A
 * <i>certificate</i> says what was achieved, bounded and proved.
 *
 * <pre>{@code
 * Instance instance = Instance.of(sections, pupils, wishes, bands, fixed);       // or InstanceFiles.read(folder)
 * Outcome outcome = Placement.solve(instance, Order.FAIR, Options.STANDARD, (stage, level, note) -> {});
 * Checker.Report report = Checker.check(instance, outcome);                      // no lies, or nothing is published
 * List<Explanation> reasons = report.explanations();                             // or Explanations.of(instance, outcome)
 * ResultFiles.write(folder, outcome, reasons);
 * }</pre>
 *
 * <p>Invariants: nobody twice at one time or twice in one activity; a section runs with at least its minimum, at most its
 * capacity, or not at all; the same instance, order and options give the same bytes on the same platform; no clock limits
 * the work, only nodes and the length of fixed lists. {@code docs/how/placement.md} has the format and the stages.
 */
@NullMarked
package afterbell.term.placement.engine;

import org.jspecify.annotations.NullMarked;
