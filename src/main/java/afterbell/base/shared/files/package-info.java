/**
 * Files that people hand in or that the house keeps: photographed receipts, pictures, PDF, spreadsheets. They stand in PostgreSQL in pieces of 256 KiB,
 * so that a backup holds them and nothing is ever read whole.
 *
 * <p>Words: kind, audience, piece, seal. Invariants: the content decides what a file is, never its name; a picture is drawn anew, so that no place or
 * device stays in it; a file of a child is sealed under a key of its own, and erasing the key erases the file.
 */
@NullMarked
@NamedInterface("files")
package afterbell.base.shared.files;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
