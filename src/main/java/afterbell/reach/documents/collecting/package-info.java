/** A class teacher sees who has answered, never what; receipts on paper are entered by class teacher or office; a guardian far away gets a link. */
@NullMarked
package afterbell.reach.documents.collecting;

import org.jspecify.annotations.NullMarked;
