package org.mawid.api.server;

import java.util.ArrayList;
import java.util.List;
import org.mawid.grpc.NewLine;

/** What a {@link RandomOffice} remembers of what it has asked for. */
class RandomPapers {
    /** A line of an application. */
    static final class Row {
        final String application;
        final int post;
        final int index;
        final int service;
        final int quantity;
        final long person;
        final long submittedMs;
        String state;
        Paper stamp;
        boolean visit;

        Row(final String application, final int post, final int index, final NewLine line, final long submittedMs) {
            this.application = application;
            this.post = post;
            this.index = index;
            this.service = line.getServiceId();
            this.quantity = line.getQuantity();
            this.person = line.getPersonKey();
            this.submittedMs = submittedMs;
            this.state = service == RandomOffice.VALID_AT_ONCE ? "VALIDATED" : "SUBMITTED";
        }

        boolean isOver() {
            return !state.equals("VALIDATED") && !state.equals("SUBMITTED");
        }
    }

    /** A stamp. */
    static final class Paper {
        String reference;
        Row line;
        int post;
        String currency;
        long centimes;
        long minor;
        String state = "ISSUED";
        Charge payment;
        long usedMs;
        int usedDay;
        boolean refundApproved;
    }

    /** A payment. */
    static final class Charge {
        String reference;
        String application;
        int post;
        String currency;
        String means;
        String state;
        long received;
        long startedMs;
        final List<Paper> stamps = new ArrayList<>();
    }
}
