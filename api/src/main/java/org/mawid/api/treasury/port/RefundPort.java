package org.mawid.api.treasury.port;

import io.vertx.core.Future;
import java.util.List;
import org.mawid.api.treasury.port.PaymentPort.Told;

/** The ledger as the round over refunds sees it: as {@link PaymentPort}, what is to be done is derived from the log. Any thread; answers may come on another. */
public interface RefundPort {
    /** Those to be given back through the treasury, the oldest first; of other means they are a person's. Fails when the records cannot be read now. */
    Future<List<DueRefund>> due();

    /** As {@link PaymentPort#tell}. */
    Future<Told> tell(TreasuryCommand command);
}
