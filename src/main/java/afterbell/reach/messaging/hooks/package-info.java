/** Other systems that are told by signed calls: the office's set-up page. */
@NullMarked
package afterbell.reach.messaging.hooks;

import org.jspecify.annotations.NullMarked;
