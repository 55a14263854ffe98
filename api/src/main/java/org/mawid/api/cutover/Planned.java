package org.mawid.api.cutover;

import java.util.List;
import org.mawid.api.cutover.CutOverFiles.Application;

/**
 * An application in the numbers of the log.
 *
 * @param postId     0 = any
 * @param services   by line
 * @param registered by line, 0 = not known
 * @param toValidate lines that the older system has accepted and whose service asks for it, bit i = line i
 * @param visits     each with its legs
 * @param payments   stamps that were paid together, or are not paid
 */
record Planned(Application said, int postId, int[] services, int[] registered, int toValidate, List<List<Leg>> visits, List<Stamps> payments) {
    record Leg(int deskId, int lines, int epochDay, int startUnit, int units) {
    }

    record Stamp(int line, String serial, long amountCentimes, long localMinor, long microMadPerUnit, long issuedMs) {
    }

    /** @param transaction empty = unpaid */
    record Stamps(int postId, String currency, int paidDay, String means, String transaction, List<Stamp> stamps) {
    }
}
