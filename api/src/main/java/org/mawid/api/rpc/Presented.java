package org.mawid.api.rpc;

import org.mawid.api.access.Caller;
import org.mawid.api.access.Operation;
import org.mawid.api.capability.Capabilities;
import org.mawid.api.capability.CapabilityTrouble;

/**
 * What a call that reads has brought to be shown starts. Any thread.
 *
 * @param capabilities null = none is asked for
 * @param caller       null = nobody is asked who they are
 * @param token        null = none was brought
 */
public record Presented(Capabilities capabilities, Caller caller, String token) {
    /** @throws RefusedException with what is missing */
    public void require(final Operation operation, final int[] serviceIds, final int[] postIds) {
        if (capabilities != null && capabilities.isAsked(caller, operation)) {
            final CapabilityTrouble trouble = capabilities.whyNot(caller, token, serviceIds, postIds);
            if (trouble != null) {
                throw new RefusedException(trouble);
            }
        }
    }

    @Override
    public String toString() {
        return String.valueOf(caller); // and never the token
    }
}
