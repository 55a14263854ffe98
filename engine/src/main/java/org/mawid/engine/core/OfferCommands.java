package org.mawid.engine.core;

import org.agrona.DirectBuffer;
import org.mawid.engine.waiting.AcceptedPosts;
import org.mawid.engine.waiting.OfferRules;
import org.mawid.sbe.AcceptPostsDecoder;
import org.mawid.sbe.OfferRulesSetEncoder;
import org.mawid.sbe.PostsAcceptedEncoder;
import org.mawid.sbe.Result;

/** What applicants and the ministry say about offers. Accepting one is Confirm, declining it Release, choosing another is with the visits. */
final class OfferCommands {
    private final Rooms rooms;
    private final AcceptPostsDecoder acceptPosts = new AcceptPostsDecoder();
    private final PostsAcceptedEncoder postsAccepted = new PostsAcceptedEncoder();
    private final OfferRulesSetEncoder offerRulesSet = new OfferRulesSetEncoder();

    OfferCommands(final Rooms rooms) {
        this.rooms = rooms;
    }

    Result acceptPosts(final long nowMs, final DirectBuffer command) {
        if (!rooms.catalogue.coreVersion().makesOffers()) return Result.CORE_VERSION_UNSUPPORTED;
        final long application = wrap(command).applicationId();
        if (!rooms.applications.has(application)) return Result.APPLICATION_UNKNOWN;
        for (final AcceptPostsDecoder.PostsDecoder one : acceptPosts.posts()) {
            if (!rooms.catalogue.posts().has(one.postId())) return Result.POST_UNKNOWN;
        }
        if (!rooms.applications.isOpen(application)) return Result.LINE_STATE;

        final AcceptedPosts accepted = rooms.waiters.accepted();
        final boolean before = accepted.count(application) != 0;
        accepted.forget(application);
        final AcceptPostsDecoder.PostsDecoder posts = wrap(command).posts();
        final int block = rooms.events.begin(PostsAcceptedEncoder.TEMPLATE_ID, PostsAcceptedEncoder.BLOCK_LENGTH, rooms.applications.post(application));
        final PostsAcceptedEncoder.PostsEncoder told = postsAccepted.wrap(rooms.events.buffer(), block).applicationId(application).postsCount(posts.count());
        for (final AcceptPostsDecoder.PostsDecoder one : posts) {
            accepted.add(application, one.postId());
            told.next().postId(one.postId());
        }
        rooms.events.end(postsAccepted.limit());
        final boolean now = accepted.count(application) != 0;
        if (now != before) {
            rooms.waiters.acceptsElsewhere(application, now);
        }
        rooms.offers.lookAgain(application);
        rooms.applications.changed(application, nowMs);
        return Result.OK;
    }

    private AcceptPostsDecoder wrap(final DirectBuffer command) {
        return acceptPosts.wrap(command, CommandCheck.HEADER, AcceptPostsDecoder.BLOCK_LENGTH, AcceptPostsDecoder.SCHEMA_VERSION);
    }

    Result setRules(final DirectBuffer command) {
        if (!rooms.catalogue.coreVersion().makesOffers()) return Result.CORE_VERSION_UNSUPPORTED;
        final OfferRules rules = rooms.waiters.rules();
        if (!rules.areInRange(command, CommandCheck.BODY)) return Result.RULES_INVALID;

        rules.set(command, CommandCheck.BODY);
        tellRules();
        return Result.OK;
    }

    private void tellRules() {
        final OfferRules rules = rooms.waiters.rules();
        final int block = rooms.events.begin(OfferRulesSetEncoder.TEMPLATE_ID, OfferRulesSetEncoder.BLOCK_LENGTH, 0);
        offerRulesSet.wrap(rooms.events.buffer(), block).offerTtlMs(rules.offerTtlMs()).noticeMs(rules.noticeMs()).searchDays(rules.searchDays())
                .offersEach((short) rules.offersEach());
        rooms.events.end(offerRulesSet.limit());
    }
}
