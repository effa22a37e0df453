/** Who is what to a child: the guardian sees it, invites, confirms and takes back. */
@NullMarked
package afterbell.base.identity.relations;

import org.jspecify.annotations.NullMarked;
