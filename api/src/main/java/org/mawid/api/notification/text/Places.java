package org.mawid.api.notification.text;

import java.time.ZoneId;
import java.util.function.Supplier;
import org.mawid.api.contact.Language;
import org.mawid.api.network.Network;
import org.mawid.api.network.NetworkNames;
import org.mawid.api.network.NetworkNames.PostNames;
import org.mawid.engine.readmodel.CatalogueView;
import org.mawid.engine.readmodel.ReadModel;

/** What posts are called, and which clock they have. Any thread. */
public final class Places {
    private final ReadModel model;
    private final Supplier<NetworkNames> names;

    /** @param names those of the files in force */
    public Places(final ReadModel model, final Supplier<NetworkNames> names) {
        this.model = model;
        this.names = names;
    }

    ZoneId zone(final int postId) {
        return names.get().zone(code(postId));
    }

    /** Its code when the files do not know it. */
    String name(final int postId, final Language language) {
        final PostNames post = names.get().post(code(postId));
        if (post == null) {
            return code(postId);
        }
        final Network.Names said = post.names();
        return switch (language) {
            case FRENCH -> said.fr();
            case ARABIC -> said.ar();
            case ENGLISH -> said.en();
            case SPANISH -> said.es();
        };
    }

    private String code(final int postId) {
        final CatalogueView.Post post = model.catalogue().post(postId);
        return post == null ? "" : post.code();
    }
}
