package org.mawid.api.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.network.Network.Desk;
import org.mawid.api.network.Network.Fee;
import org.mawid.api.network.Network.FeePart;
import org.mawid.api.network.Network.Pool;
import org.mawid.api.network.Network.Post;
import org.mawid.api.network.Network.PostKind;
import org.mawid.api.network.Network.Resource;
import org.mawid.api.network.Network.ResourceKind;
import org.mawid.api.network.Network.Service;

/** The network that comes with the program, and how things in it are numbered. */
class NetworkTest {
    private static final Network NETWORK = Network.bundled();

    private final Network network = NETWORK;

    @Test
    void theBundledNetworkIsTheWholeOne() {
        assertThat(network.posts()).hasSize(163);
        assertThat(network.posts()).filteredOn(post -> post.kind() == PostKind.EMBASSY).hasSize(103);
        assertThat(network.posts().stream().map(Post::country).distinct()).hasSize(104);
        assertThat(network.services()).hasSize(46);
        assertThat(desks()).hasSize(350);
        assertThat(desks().stream().mapToInt(Desk::capacity).sum()).isEqualTo(774);
        assertThat(network.pools()).hasSize(350 + 387);
        assertThat(desks().stream().mapToInt(desk -> desk.serviceIds().size()).sum()).isEqualTo(6_690);
        assertThat(network.posts()).filteredOn(post -> network.poolsOf(post.id()).isEmpty()).hasSize(7);
        assertThat(network.rates()).hasSize(77);
        assertThat(network.mix()).hasSize(46);
        assertThat(network.visitSizes()).hasSize(8);
        assertThat(network.loads()).hasSize(163);
        assertThat(network.notices()).containsExactly("no host-country holidays for UA: its posts close on Moroccan holidays only");
    }

    @Test
    void thingsAreNumberedFromOneInFileOrderAndPoolsPostByPostDesksFirst() {
        for (int i = 0; i < network.posts().size(); i++) assertThat(network.posts().get(i).id()).isEqualTo(i + 1);
        for (int i = 0; i < network.services().size(); i++) assertThat(network.services().get(i).id()).isEqualTo(i + 1);
        Pool before = null;
        for (Pool pool : network.pools()) {
            assertThat(pool.id()).isEqualTo(before == null ? 1 : before.id() + 1);
            if (before != null) assertThat(pool.postId()).isGreaterThanOrEqualTo(before.postId());
            if (before instanceof Resource && pool instanceof Desk) assertThat(pool.postId()).isNotEqualTo(before.postId());
            before = pool;
        }
        assertThat(network.post(1).code()).isEqualTo("MA-CG-DUBAI");
        assertThat(network.poolsOf(1)).extracting(pool -> pool instanceof Desk desk ? desk.code() : ((Resource) pool).kind().name())
                .containsExactly("D1", "D2", "D3", "D4", "BIOMETRIC_STATION", "ADOUL_PAIR", "RECEPTION_SEAT");
        assertThat(network.service(1).code()).isEqualTo("REGISTRATION");
    }

    @Test
    void namesComeInFourLanguagesAndFeesInParts() {
        final Post dubai = network.post(1);
        assertThat(dubai.names().fr()).isEqualTo("Consulat général du Royaume du Maroc à Dubaï");
        assertThat(dubai.names().ar()).isEqualTo("القنصلية العامة للمملكة المغربية بدبي");
        assertThat(dubai.names().es()).isEqualTo("Consulado General del Reino de Marruecos en Dubái");
        assertThat(dubai.zone().getId()).isEqualTo("Asia/Dubai");
        final Service passport = service("PASSPORT_ADULT");
        assertThat(passport.feeCentimes()).isEqualTo(86_000);
        assertThat(passport.fee()).containsExactlyInAnyOrder(new Fee(FeePart.STAMP, 50_000), new Fee(FeePart.CHANCERY, 30_000), new Fee(FeePart.SERVICE, 6_000));
        assertThat(passport.resourceKinds()).containsExactly(ResourceKind.BIOMETRIC_STATION);
        assertThat(service("PICKUP").appointmentRequired()).isFalse();
        assertThat(service("PICKUP").fee()).isEmpty();
        assertThat(network.rates()).filteredOn(rate -> rate.currency().equals("AOA")).singleElement()
                .satisfies(rate -> assertThat(rate.microMadPerUnit()).isEqualTo(10_100));
    }

    @Test
    void unitsAreRoundedUpOnceForTheWholeQuantity() {
        assertThat(service("LEGALIZATION").units(3)).isEqualTo(6);
        final Service sevenMinutes = new SmallNetwork().line("services.csv", 3, ",10,60,", ",7,60,").read().service(2);
        assertThat(sevenMinutes.units(1)).isEqualTo(2);
        assertThat(sevenMinutes.units(3)).isEqualTo(5);
    }

    @Test
    void everyDeskServesOnlyItsFamiliesAndEveryServiceNeedsWhatThePostHas() {
        for (Desk desk : desks()) {
            final List<ResourceKind> there = network.poolsOf(desk.postId()).stream()
                    .filter(Resource.class::isInstance).map(pool -> ((Resource) pool).kind()).toList();
            assertThat(there).contains(ResourceKind.RECEPTION_SEAT);
            for (int id : desk.serviceIds()) {
                assertThat(desk.groups()).contains(network.service(id).group());
                assertThat(there).containsAll(network.service(id).resourceKinds());
            }
        }
        assertThat(network.mix().stream().map(Network.Share::percent).reduce(BigDecimal.ZERO, BigDecimal::add)).isEqualByComparingTo("100");
    }

    @Test
    void whatIsHandedOutCannotBeChanged() {
        final Network small = new SmallNetwork().read();
        assertThatThrownBy(() -> small.posts().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> small.poolsOf(1).clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> ((Desk) small.pools().get(0)).groups().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> small.service(1).resourceKinds().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> small.calendars().weeks().get(1).clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> small.calendars().host().get("FR").clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aDirectoryIsReadLikeTheBundledFilesAndNeedsNoModel(@TempDir Path directory) throws IOException {
        Files.createDirectories(directory.resolve("external"));
        final SmallNetwork files = new SmallNetwork();
        for (String name : List.of("chancery-rates.csv", "posts.csv", "resources.csv", "services.csv", "desks.csv", "post-services.csv",
                "opening-hours.csv", "holidays-ma.csv", "ramadan.csv", "external/host-holidays-2026.csv")) {
            Files.write(directory.resolve(name), files.read(name));
        }
        final Network loaded = Network.load(directory);
        final Network expected = files.without("opening-hours-exceptional.csv").without("service-mix.csv").without("visit-size.csv").without("posts-load.csv").read();
        assertThat(loaded).isEqualTo(expected);
        assertThat(loaded.mix()).isEmpty();
        assertThat(loaded.loads()).isEmpty();
    }

    @Test
    void holidaysOfHostsMayComeInSeveralFilesButEachDayOnce() {
        final SmallNetwork files = new SmallNetwork();
        files.file("host-holidays-2027.csv", "country_iso2,date,name", "FR,2027-07-14,Fête nationale");
        assertThat(files.read().calendars().host().get("FR")).hasSize(2);
        files.file("host-holidays-2027.csv", "country_iso2,date,name", "FR,2026-07-14,Fête nationale");
        assertThatThrownBy(files::read).hasMessageContaining("host-holidays-2027.csv:2 date: FR 2026-07-14 is already on line 2");
    }

    @Test
    void lineEndsByteOrderMarkAndEmptyLinesDoNotMatter() {
        final Network plain = new SmallNetwork().read();
        final byte[] windows = ("\uFEFF" + new String(new SmallNetwork().read("desks.csv"), StandardCharsets.UTF_8).replace("\n", "\r\n") + "\r\n")
                .getBytes(StandardCharsets.UTF_8);
        assertThat(new SmallNetwork().file("desks.csv", windows).read()).isEqualTo(plain);
        assertThat(new SmallNetwork().line("posts.csv", 4, "").read()).isEqualTo(plain);
    }

    @Test
    void columnsAreFoundByNameAndFurtherOnesAreAllowed() {
        final Network shuffled = new SmallNetwork().file("desks.csv", "remark,counters,group,desk_code,post_code",
                "\"a, b\",3,PASSPORT;OTHER,D1,MA-CG-LYON", ",1,LEGALISATION,D2,MA-CG-LYON").read();
        assertThat(shuffled).isEqualTo(new SmallNetwork().read());
    }

    @Test
    void regularHoursOnAWeekendAreAllowedAndPointedOut() {
        final Network network = new SmallNetwork().line("opening-hours.csv", 3, "FRI", "SAT").read();
        assertThat(network.notices()).containsExactly("MA-CG-LYON has regular hours on SATURDAY, a day of its weekend");
    }

    @Test
    void aDirectoryThatIsNotThereIsTroubleAndNotARefusal(@TempDir Path directory) {
        assertThatThrownBy(() -> Network.load(directory.resolve("nowhere"))).isInstanceOf(NotDirectoryException.class);
        assertThatThrownBy(() -> Network.load(directory)).isInstanceOf(NetworkRefusedException.class)
                .hasMessageContaining("posts.csv: is missing").hasMessageContaining("ramadan.csv: is missing");
    }

    private List<Desk> desks() {
        return network.pools().stream().filter(Desk.class::isInstance).map(Desk.class::cast).collect(Collectors.toList());
    }

    private Service service(String code) {
        return network.services().stream().filter(service -> service.code().equals(code)).findFirst().orElseThrow();
    }
}
