package org.mawid.bench.capacity.post;

import org.agrona.DirectBuffer;
import org.mawid.bench.capacity.plan.Site;
import org.mawid.engine.readmodel.CatalogueView;
import org.mawid.engine.readmodel.catalogue.LiveCatalogue;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.StampVoidedDecoder;
import org.mawid.sbe.StampsIssuedDecoder;

/**
 * What services cost at a post, quoted by the real catalogue as a portal would be, and the stamps that the core issues and voids: what was issued must be
 * what had been quoted, and who withdraws loses all of them. Amounts are centimes of dirham. One thread.
 */
final class Prices {
    private final Site site;
    private final LiveCatalogue catalogue = new LiveCatalogue();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final StampsIssuedDecoder stampsIssued = new StampsIssuedDecoder();
    /** By the last command. */
    private int issued;
    private long issuedCentimes;
    private int madeVoid;

    Prices(final Site site) {
        this.site = site;
    }

    void nextCommand() {
        issued = 0;
        issuedCentimes = 0;
        madeVoid = 0;
    }

    void onEvent(final long nowMs, final DirectBuffer buffer, final int offset) {
        catalogue.onMessage(nowMs, buffer, offset);
        switch (header.wrap(buffer, offset).templateId()) {
            case StampsIssuedDecoder.TEMPLATE_ID -> {
                for (final StampsIssuedDecoder.StampsDecoder stamp : stampsIssued.wrapAndApplyHeader(buffer, offset, header).stamps()) {
                    issued++;
                    issuedCentimes += stamp.amountCentimes();
                }
            }
            case StampVoidedDecoder.TEMPLATE_ID -> madeVoid++;
            default -> { }
        }
    }

    /** All of the catalogue has been told. */
    void known() {
        catalogue.onBatchEnd();
    }

    /** The last command has confirmed a visit or let them walk in. */
    void issuedTo(final Visitor visitor, final long nowMs) {
        final boolean isStamped = visitor.temper.isStamped();
        final long quotedCentimes = isStamped ? quoteCentimes(visitor, nowMs) : 0;
        if (issuedCentimes != quotedCentimes) {
            throw new IllegalStateException(site.post().code() + ": " + quotedCentimes + " centimes were quoted and " + issuedCentimes + " issued");
        }
        visitor.stamps = issued;
        visitor.stampCentimes = issuedCentimes;
        for (int i = 0; isStamped && i < visitor.services.length; i++) {
            visitor.stampedServices += quote(visitor, i, nowMs) > 0 ? visitor.quantities[i] : 0;
        }
    }

    /** The last command has withdrawn all that they asked for. */
    void madeVoid(final Visitor visitor) {
        if (madeVoid != visitor.stamps) {
            throw new IllegalStateException(site.post().code() + ": of " + visitor.stamps + " stamps " + madeVoid + " became void");
        }
    }

    /** Price of all their services. */
    long quoteCentimes(final Visitor visitor, final long nowMs) {
        long all = 0;
        for (int i = 0; i < visitor.services.length; i++) {
            all += quote(visitor, i, nowMs);
        }
        return all;
    }

    private long quote(final Visitor visitor, final int line, final long nowMs) {
        final CatalogueView.Quote quote = catalogue.quote(site.post().id(), visitor.services[line], visitor.quantities[line], nowMs);
        if (quote == null) {
            throw new IllegalStateException(site.post().code() + ": nothing is quoted for " + site.network().service(visitor.services[line]).code());
        }
        return quote.amountCentimes();
    }
}
