/**
 * What makes starts visible and lets them be taken: a capability, a short-lived token that is bound to an application, its services and its posts.
 * <p>Door: {@link org.mawid.api.capability.Capabilities}, which both edges ask. Read {@code CapabilityCodec} for what is in the token, byte by byte. Threads: any.
 * Not here: who somebody is and what their role allows (see {@code access}); where in a call the token stands. A token is in no log.
 */
package org.mawid.api.capability;
