package org.mawid.engine.core;

import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.engine.application.Applications;
import org.mawid.engine.application.Reviews;
import org.mawid.sbe.MessageHeaderEncoder;
import org.mawid.sbe.ReviewRecordEncoder;

/** Tells in public words what there is to say of applications that wait for an officer, or for documents. Reads only. */
final class ReviewDump {
    private static final long UNSIGNED = 0xFFFF_FFFFL;

    private final Applications applications;
    private final Reviews reviews;
    private final UnsafeBuffer buffer;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final ReviewRecordEncoder review = new ReviewRecordEncoder();

    ReviewDump(final Rooms rooms, final UnsafeBuffer buffer) {
        this.applications = rooms.applications;
        this.reviews = rooms.applications.reviews();
        this.buffer = buffer;
    }

    /** @param slot of the review; nothing is told of an unused one */
    void review(final int slot, final RecordConsumer records) {
        if (slot == 0 || !reviews.isUsed(slot)) {
            return;
        }
        final long application = reviews.application(slot);
        final int count = applications.lineCount(application);
        final ReviewRecordEncoder.LinesEncoder lines = review.wrapAndApplyHeader(buffer, 0, header).applicationId(application).sinceMs(reviews.sinceMs(application))
                .officer(reviews.officer(slot)).untilMs(reviews.untilMs(slot)).linesCount(count);
        for (int i = 0; i < count; i++) {
            lines.next().wanted(reviews.wanted(slot, i) & UNSIGNED).clean(reviews.clean(slot, i) & UNSIGNED);
        }
        records.onRecord(ReviewRecordEncoder.TEMPLATE_ID, buffer, 0, review.limit());
    }
}
