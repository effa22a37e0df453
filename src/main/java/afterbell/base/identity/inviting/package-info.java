/** How a class teacher or the office lets families in: slips to print, the class's QR picture, and the requests that came through it. */
@NullMarked
package afterbell.base.identity.inviting;

import org.jspecify.annotations.NullMarked;
