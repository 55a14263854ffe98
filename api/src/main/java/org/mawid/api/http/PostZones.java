package org.mawid.api.http;

import java.time.ZoneId;
import java.time.ZoneOffset;

/** Which zone a post lives in. The log does not know: instants are told with the post's offset only at the edge. Any thread. */
@FunctionalInterface
public interface PostZones {
    /** Nothing is known: everything is told in UTC. */
    PostZones UTC = postId -> ZoneOffset.UTC;

    /** Never null; UTC for a post that is not known. */
    ZoneId of(int postId);
}
