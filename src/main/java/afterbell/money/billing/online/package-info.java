/** Payment by phone through the school's own contracts: codes, notifications, questions, refunds and daily bills of WeChat Pay and Alipay (decision 0125). */
@NullMarked
package afterbell.money.billing.online;

import org.jspecify.annotations.NullMarked;
