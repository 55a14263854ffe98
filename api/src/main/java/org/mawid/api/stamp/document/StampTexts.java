package org.mawid.api.stamp.document;

/** What the page says, in the languages of the state, French and Arabic, and in English and Spanish. Texts in logical order: turning and joining letters is the page's. */
enum StampTexts {
    TITLE("Timbre fiscal électronique", "التنبر الإلكتروني", "Electronic fee stamp", "Timbre fiscal electrónico"),
    SERIAL("Numéro de série", "الرقم التسلسلي", "Serial number", "Número de serie"),
    SECRET("Code secret", "الرمز السري", "Secret code", "Código secreto"),
    AMOUNT("Montant", "المبلغ", "Amount", "Importe"),
    LOCAL_AMOUNT("Montant en monnaie locale", "المبلغ بالعملة المحلية", "Amount in local currency", "Importe en moneda local"),
    SERVICE("Prestation", "الخدمة", "Service", "Servicio"),
    POST("Poste consulaire", "المركز القنصلي", "Consular post", "Oficina consular"),
    APPLICATION("Demande et ligne", "الطلب والسطر", "Application and line", "Solicitud y línea"),
    ISSUED("Émis le", "تاريخ الإصدار", "Issued on", "Emitido el"),
    PAID("Payé le", "تاريخ الأداء", "Paid on", "Pagado el"),
    NOT_PAID("non payé", "غير مؤدى", "not paid", "no pagado"),
    WAIVED("exonéré", "معفى من الأداء", "fee waived", "exento"),
    VALID_UNTIL("Valable jusqu’au", "صالح إلى غاية", "Valid until", "Válido hasta"),
    WITHOUT_END("sans limite", "بدون أجل", "without end", "sin límite"),
    KEEP("Ne communiquez le code secret qu’à l’agent qui accomplit l’acte : il permet d’utiliser ce timbre. Le numéro de série ne permet que d’en demander la validité.",
            "لا تسلموا الرمز السري إلا للموظف الذي ينجز الإجراء، فهو يتيح استعمال هذا التنبر. أما الرقم التسلسلي فلا يتيح سوى التحقق من صلاحيته.",
            "Give the secret code only to the officer who performs the act: it allows this stamp to be used. The serial number only asks whether it is valid.",
            "Comunique el código secreto solo al agente que realiza el acto: permite utilizar este timbre. El número de serie solo permite consultar su validez."),
    SIGNED("Le code ci-contre est signé : il se vérifie sans connexion. Ce timbre ne sert qu’une fois.",
            "الرمز المقابل موقع إلكترونيا ويمكن التحقق منه دون اتصال. لا يستعمل هذا التنبر إلا مرة واحدة.",
            "The code beside is signed and is verified without a connection. This stamp is used once only.",
            "El código adjunto está firmado y se verifica sin conexión. Este timbre se utiliza una sola vez.");

    private final String french;
    final String arabic;
    private final String english;
    private final String spanish;

    StampTexts(final String french, final String arabic, final String english, final String spanish) {
        this.french = french;
        this.arabic = arabic;
        this.english = english;
        this.spanish = spanish;
    }

    /** What stands first, on the left; Arabic is on the right always. */
    String first(final PageLanguage language) {
        return switch (language) {
            case FRENCH, ARABIC -> french;
            case ENGLISH -> english;
            case SPANISH -> spanish;
        };
    }

    /** The two others, for the small print. */
    String others(final PageLanguage language) {
        return switch (language) {
            case FRENCH, ARABIC -> english + " · " + spanish;
            case ENGLISH -> french + " · " + spanish;
            case SPANISH -> french + " · " + english;
        };
    }
}
