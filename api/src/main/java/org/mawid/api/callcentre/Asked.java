package org.mawid.api.callcentre;

import java.util.List;
import java.util.stream.Stream;
import org.mawid.api.access.ObjectKind;
import org.mawid.api.access.Target;
import org.mawid.api.callcentre.CallCentreException.Reason;
import org.mawid.api.gateway.References;
import org.mawid.grpc.SearchRequest;

/**
 * What somebody on the line says of themselves, as it was typed: one of these, the others empty. Immutable, any thread.
 *
 * @param reference of an application, an appointment, a hold, a stamp or a payment
 * @param mobile    with its country code
 */
public record Asked(String reference, String email, String mobile) {
    private static final int REFERENCE_CHARACTERS = 13;
    private static final int STAMP_DIGITS = 16;
    private static final List<ObjectKind> KINDS = List.of(ObjectKind.APPLICATION, ObjectKind.APPOINTMENT, ObjectKind.HOLD, ObjectKind.STAMP, ObjectKind.PAYMENT);

    public static Asked of(final SearchRequest request) {
        return new Asked(request.getReference(), request.getEmail(), request.getMobile());
    }

    /** What is asked for by number, for the audit too: nothing for an address, or what is no reference. */
    public List<Target> targets(final References references) {
        return reference.isBlank() ? List.of() : KINDS.stream().map(kind -> new Target(kind, references.number(kind.reference(), reference))).filter(target -> target.number() > 0).limit(1).toList();
    }

    /** @throws CallCentreException not one thing was said, or what is no reference, and why */
    void check(final References references) throws CallCentreException {
        if (Stream.of(reference, email, mobile).filter(said -> !said.isBlank()).count() != 1) {
            throw new CallCentreException(Reason.NOT_ONE);
        }
        if (!reference.isBlank() && targets(references).isEmpty()) {
            throw new CallCentreException(mistake());
        }
    }

    private Reason mistake() {
        final String typed = reference.replaceAll("[- ]", "");
        if (!typed.matches("[0-9A-Za-z*~$=]*")) {
            return Reason.CHARACTER;
        }
        return typed.length() == REFERENCE_CHARACTERS || typed.length() == STAMP_DIGITS && typed.chars().allMatch(Character::isDigit) ? Reason.CHECK : Reason.LENGTH;
    }

    /** Neither an address nor a number is for a log. */
    @Override
    public String toString() {
        return reference.isBlank() ? "by an address" : "by a reference";
    }
}
