/** Every notice as a pack for the class group: text, QR picture, poster, and how far it has come; and the office's own notices. */
@NullMarked
package afterbell.reach.messaging.packs;

import org.jspecify.annotations.NullMarked;
