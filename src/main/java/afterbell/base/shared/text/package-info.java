/**
 * Words and names: how a person looks for a child ("zxm", "san 2"), and the small data files that hold the words of the trade so
 * that no word is buried in code. Pure; knows no database and no framework.
 */
@NullMarked
@NamedInterface("text")
package afterbell.base.shared.text;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
