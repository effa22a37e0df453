/**
 * Spreadsheets as schools have them: read with suspicion, understood by the words of their headers, compared with what is known,
 * written so that Excel never evaluates a person's name. Pure: no Spring, no database, no clock.
 *
 * <p>Reading order: {@link afterbell.base.shared.sheet.SheetBook} (a file becomes rows), {@link
 * afterbell.base.shared.sheet.ImportKind} (what one kind of file must hold), {@link afterbell.base.shared.sheet.SheetImport} (rows
 * become typed rows and bad cells), {@link afterbell.base.shared.sheet.ImportPreview} (typed rows beside existing rows become new,
 * changed, gone, bad and questions), {@link afterbell.base.shared.sheet.SheetOut} (the way back to Excel).
 *
 * <p>Nothing here guesses silently: a damaged number, an ambiguous class or a doubtful person is reported with sheet, row and
 * column, in the words of a message key.
 */
@NullMarked
@NamedInterface("sheet")
package afterbell.base.shared.sheet;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
