//! The German strings, in the order of `en.rs`. They address nobody as “du” or “Sie”: infinitives and
//! nouns do. Only the lazy part names this file's strings.

use super::*;
use crate::model::exchange::markdown::{Problem, TemplateError};
use crate::model::exchange::{EntryFault, Format, Report};
use crate::model::notebook::Intent;
use crate::model::notice::Fewer;
use crate::model::placements::PlacementCounts;
use crate::model::sync::store::Refusal;
use crate::model::text::shortened;

/// German.
pub static DE: Strings = Strings {
    app: APP,
    window_title,
    bar: &Bar {
        open_article: "Artikel öffnen",
        library: "Bibliothek",
        contents: "Inhalt",
        no_contents: "Dieser Artikel hat keine Überschriften.",
        undo: "Rückgängig",
        redo: "Wiederherstellen",
        import_notes: "Notizen importieren",
        export: "Exportieren",
        format,
        your_notes: "Meine Notizen",
        keys: "Tasten",
        search: "Suchen",
        more: "Mehr",
        reading_settings: "Leseeinstellungen",
        hide_notes: "Notizen ausblenden",
        show_notes: "Notizen einblenden",
    },
    buttons: &Buttons {
        open: "Öffnen",
        import: "Importieren",
        save: "Speichern",
        cancel: "Abbrechen",
        close: "Schließen",
        dismiss: "Ausblenden",
        stop: "Anhalten",
        try_again: "Noch einmal versuchen",
        download: "Herunterladen",
        download_all: "Alle Notizen herunterladen",
        restore: "Zurückholen",
    },
    reader: &Reader {
        reading: "Der Artikel wird geladen\u{a0}…",
        drop: "Datei hier ablegen, um sie zu öffnen",
        shown_part: "Was von der Seite gezeigt wird",
        article: "Artikel",
        whole_page: "Ganze Seite",
        show_pictures,
    },
    article: &ArticleLabels {
        untitled: "Ohne Titel",
        labels: Labels {
            footnote: "Fußnote",
            back: "Zurück zum Text",
            footnotes: "Fußnoten",
            picture: "Bild",
            unshown: &[
                "nicht gezeigt: Die Website gibt es nicht an andere Websites weiter, oder es besteht keine Verbindung",
                "nicht gezeigt: Es ist größer als 10\u{a0}MB",
                "nicht gezeigt: Was empfangen wurde, ist kein Bild",
            ],
            table: "Tabelle",
            gap: "Verschwundene Wörter",
        },
    },
    selection: &Selection {
        label: "Auswahl",
        highlight: "Markieren",
        add_note: "Notiz hinzufügen",
        colour,
        add_passage: "Stelle hinzufügen",
        whole,
        name_colours: "Farben benennen",
        name_colours_why: "Was jede Farbe bedeuten soll, etwa „These“ oder „Zweifel“. Die Namen stehen überall, wo eine Farbe gewählt wird, und kommen mit den Notizen in Dateien.",
        name_of_colour,
    },
    ends: &Ends {
        start: "Anfang der Stelle",
        end: "Ende der Stelle",
    },
    notes: &Notes {
        label: "Notizen",
        search: "Notizen durchsuchen",
        overview: "Überblick",
        count: notes,
        shown_of: notes_shown,
        need_a_look,
        none_yet: "Eine Stelle auswählen, um sie zu markieren oder eine Notiz zu schreiben.",
        hints: "Alles lässt sich rückgängig machen.\n\n\
            „Artikel öffnen“ nimmt Dateien, eingefügten Text und Adressen.\n\n\
            Notizen bleiben in diesem Browser; „Exportieren“ macht eine Datei daraus.\n\n\
            Mit Tasten: → geht von Satz zu Satz, h markiert, a schreibt.",
        skip_hints: "Überspringen",
        no_match: "Keine Notiz enthält diese Wörter.",
        more,
        earlier: "Frühere Notizen",
        later: "Spätere Notizen",
        in_several_places: "An mehreren Stellen",
        in_several_places_why: "Ihr Wortlaut steht jetzt an mehr als einer Stelle.",
        not_found: "Nicht gefunden",
        not_found_why: "Ihr Wortlaut steht nicht im Artikel, wie er jetzt ist.",
        beside_article: "Anderswo auf der Seite",
        beside_article_why: "Sie liegen außerhalb des Artikels; „Ganze Seite“ zeigt sie.",
        whole_article: "Zum ganzen Artikel",
        pending: "Wird gesucht",
        without_place: "Notizen ohne Stelle in diesem Text",
    },
    filters: &Filters {
        only_shown: |count| match count {
            1 => "Nur die eine Notiz, die gezeigt wird".to_owned(),
            _ => format!("Nur die {count} Notizen, die gezeigt werden"),
        },
        button: "Filtern",
        label: "Filter",
        sort_by: "Sortieren nach",
        order: |order| match order {
            Sort::Place => "Stelle im Text",
            Sort::Made => "Neueste zuerst",
            Sort::Changed => "Zuletzt geänderte zuerst",
        },
        state: |state| match state {
            State::InPlace => "An ihrer Stelle",
            State::Moved => "Verschoben",
            State::Changed => "Geändert",
            State::Replaced => "Wortlaut fehlt",
            State::Several => "An mehreren Stellen",
            State::Lost => "Nicht gefunden",
            State::Beside => "Anderswo auf der Seite",
            State::Whole => "Zum ganzen Artikel",
        },
        kind: |kind| match kind {
            Kind::Written => "Mit Text",
            Kind::Empty => "Nur Markierung",
        },
        only_in: "Nur suchen in",
        field: |field| match field {
            Field::Tag => "Schlagwörter",
            Field::Quote => "Wortlaut des Artikels",
            Field::By => "Von wem die Notiz ist: ein Name, oder „me“ für einen selbst",
            Field::Since => "Geändert seit einem Tag (2026-11-01, today) oder einer Zeit (3d, 12h)",
            _ => "Geschriebenes",
        },
        misread: |field| match field {
            Field::Colour => "Keine Farbe heißt so.",
            Field::State => {
                "Auf „state:“ folgt exact, moved, changed, replaced, ambiguous, lost, beside oder article."
            }
            Field::Is => "Auf „is:“ folgt written oder empty.",
            Field::Since => {
                "Auf „since:“ folgt ein Tag (2026-11-01, today) oder eine Zeit (3d, 12h)."
            }
            _ => "Auf „sort:“ folgt place, made oder changed.",
        },
        show_all: "Alle Notizen zeigen",
        tagged: |tags| format!("mit Schlagwort {tags}"),
        people: "Personen",
        you: "Ich",
        made_by: |people| format!("von {people}"),
        by_you: "mir",
        or: " oder ",
    },
    picked: &Picked {
        begin: "Notizen auswählen",
        label: "Ausgewählte Notizen",
        pick: "Diese Notiz auswählen",
        count: notes_picked,
        colour: "Farbe",
        add_tag: "Schlagwort hinzufügen",
        remove_tag: "Schlagwort entfernen",
        remove: "Entfernen",
        copy: "Kopieren",
        export: "Exportieren",
        all: "Alle gezeigten",
        done: "Fertig",
        tag: "Neues Schlagwort",
        tag_hint: "Mehrere mit Kommas",
        add: "Hinzufügen",
        no_tags: "Keine dieser Notizen hat ein Schlagwort.",
        remove_tag_from,
    },
    card: &Card {
        edit: "Bearbeiten",
        write: "Schreiben",
        remove: "Entfernen",
        answer: "Antworten",
        colour: "Farbe",
        recolour,
        recolour_named,
        further: "Weitere Stellen",
        remove_passage: "Stelle entfernen",
        found_of,
        overlap,
        by: "Von",
        also_marked_by: |name| format!("Auch markiert von {name}"),
        marked_by_both: "Diese Stelle haben beide markiert",
        answers: |words| format!("Antwort auf: {words}"),
        answers_missing: "Antwort auf eine Notiz, die nicht hier ist",
        draft: "Entwurf",
        continue_draft: "Weiterschreiben",
        discard_draft: "Entwurf verwerfen",
    },
    passage: &Passage {
        moved: "Verschoben",
        changed: "Geändert",
        replaced: "Der Wortlaut fehlt",
        now: "Jetzt:",
        there_now: "Dort steht jetzt:",
        stood_in: "Stand ursprünglich in:",
        perhaps: "Vielleicht:",
        removed_words: " entfernt: ",
        added_words: " hinzugekommen: ",
        end_of_change: "; ",
        keep: "Beibehalten",
        detach: "Lösen",
        previous_place: "Vorige Stelle",
        next_place: "Nächste Stelle",
        place_of,
        choose_place: "Diese Stelle wählen",
        show_place: "Zeigen",
        attach_here: "Hier anheften",
        attach_to_selection: "An die Auswahl heften",
        select_first: "Zuerst eine Stelle im Artikel auswählen.",
    },
    editor: &Editor {
        note: "Notiz",
        note_hint: "Notiz schreiben, gern mit Markdown.",
        tags: "Schlagwörter",
        tags_hint: "Schlagwörter, durch Kommas getrennt",
        tags_after: "Schlagwörter nach dem Speichern",
        tags_offered: "Bekannte Schlagwörter",
        preview: "Vorschau",
        nothing_to_preview: "Noch nichts geschrieben.",
    },
    links: &Links {
        offered: "Notizen und Überschriften",
        heading: "Überschrift",
        looking: "Die Notiz wird gesucht\u{a0}…",
        removed: "Diese Notiz wurde entfernt.",
        bring_back: "Zurückholen",
        unknown: "Diese Notiz ist nicht hier.",
        article_unknown: "Dieser Artikel ist nicht hier.",
        heading_gone: "Der Artikel hat diese Überschrift nicht mehr.",
        linked_from: |count| match count {
            1 => "1 Notiz verweist hierher".to_owned(),
            _ => format!("{count} Notizen verweisen hierher"),
        },
    },
    templates: &Templates {
        label: "Vorlage",
        keep: "Als Vorlage behalten",
        remove: |name| format!("Vorlage „{name}“ entfernen"),
        usual: "**Zusammenfassung:** \n\n**Frage:** ",
    },
    markdown: &Markdown {
        whole: "Zum ganzen Artikel",
        unplaced: "Notizen ohne Stelle",
        link: "Zur Stelle",
        label: "Markdown-Vorlage",
        why: "Exportierte Notizen werden nach dieser Vorlage geschrieben. {{ title }}, {{ author }} und {{ source }} stehen für den Artikel; jedes seiner „chapters“ hat „heading“ und „annotations“ mit „text“, „note“, „tags“, „colourName“ und „link“.",
        style: "Art",
        preset,
        own: "Eigene",
        template: "Vorlage",
        preview: "Vorschau",
        no_notes: "Zu diesem Artikel gibt es noch keine Notizen, um sie auszuprobieren.",
        problem: |why| format!("Diese Vorlage lässt sich nicht benutzen: {}.", failure(why)),
        reset: "Zurücksetzen",
        copy: "Kopieren",
        saved: "Die Vorlage ist gespeichert. Exportierte Notizen werden nach ihr geschrieben.",
        is_reset: "Die übliche Vorlage steht im Feld. Gespeichert gilt sie.",
        unsaved: "Diese Vorlage ist noch nicht gespeichert.",
        copied: "Die Notizen sind so kopiert, wie die Vorschau sie zeigt.",
        not_copied: "Der Browser hat keinen Zugang zur Zwischenablage gegeben.",
    },
    export: &Export {
        label: "Vorschau und Kopie",
        format: "Dateiformat",
        notes: "Welche Notizen",
        here: |count| format!("Dieser Artikel: {}", notes(count)),
        shown: |shown, all| format!("Was zu sehen ist: {shown} von {}", in_notes(all)),
        picked: |count| format!("Was ausgewählt ist: {}", notes(count)),
        everywhere: "Alle Artikel",
        preview: "Vorschau",
        file: |name, bytes| format!("{name}, {}", kilobytes(bytes)),
        cut: |bytes| {
            format!(
                "Die Vorschau endet hier; die Datei hat {}.",
                kilobytes(bytes)
            )
        },
        left_out: |count| match count {
            1 => "1 Notiz fehlt: Der Text ihres Artikels ist nicht in diesem Browser.".to_owned(),
            _ => format!(
                "{count} Notizen fehlen: Die Texte ihrer Artikel sind nicht in diesem Browser."
            ),
        },
        working: "Die Datei wird geschrieben\u{a0}…",
        copy: "Kopieren",
        share: "Teilen",
        copied: "Der Text ist kopiert.",
        copied_table: "Die Tabelle ist kopiert. Sie lässt sich in eine Tabellenkalkulation einfügen.",
        not_copied: "Der Browser gab die Zwischenablage nicht frei.",
        shared: "Die Datei ist übergeben.",
        not_shared: "Der Browser hat sie nicht geteilt. Stattdessen die Datei herunterladen.",
    },
    sharing: &Sharing {
        copy_passage: "Link zu dieser Stelle kopieren",
        copy_postil: "Link in Postil kopieren",
        label: "Link mit Notizen kopieren",
        why: "Die Notizen stehen im Link selbst: Kein Server speichert sie, und wer den Link hat, kann sie lesen.",
        size: |count| format!("Der Link hat {count} Zeichen."),
        may_be_cut: |most| {
            format!(
                "Manche Programme schneiden Links nach {most} Zeichen ab: Längere besser als Datei senden."
            )
        },
        too_long: |most| {
            format!(
                "Diese Notizen passen nicht in einen Link: Er hätte mehr als {most} Zeichen. Stattdessen eine Datei senden."
            )
        },
        copy: "Link kopieren",
        file: "Stattdessen eine Datei herunterladen",
        copied: "Der Link ist kopiert.",
        not_made: "Der Browser konnte den Link nicht bilden.",
        shared: "Der Link ist übergeben.",
        not_shared: "Der Browser hat ihn nicht geteilt. Stattdessen den Link kopieren.",
        brings,
        no_text: "Der Text ist nicht im Link. Wer den Artikel selbst öffnet, hat die Notizen daneben.",
        open_article: "Importieren und den Artikel öffnen",
        leads_to: |address, words| {
            format!(
                "{address} laden und dort zu „{}“ gehen?",
                shortened(words, MOST_TITLE)
            )
        },
        broken: "Dieser Link lässt sich nicht lesen: Vielleicht wurde er unterwegs abgeschnitten. Nichts wurde verändert.",
    },
    web_page: &WebPage {
        language: "de",
        note: "Notiz",
        made_by: "Ein Artikel mit Notizen, von Postil geschrieben. In Postil wieder geöffnet, ist er wie dort.",
    },
    library_file: &LibraryFile {
        label: "Ganze Bibliothek (ZIP)",
        readme: "Dies ist eine Bibliothek von Postil.\n\nIm Ordner articles steht jeder Artikel als Seite mit seinen Notizen. Jeder Browser öffnet sie.\nIn der Datei notes.json stehen die Notizen zu Artikeln, deren Texte nicht hier sind.\nIn der Datei settings.json stehen die Einstellungen.\n\nAls Ganzes in Postil geöffnet, ist es wieder eine Bibliothek.\n",
    },
    open: &Open {
        paste: "Text, Markdown oder HTML einfügen",
        paste_here: "Aus der Zwischenablage einfügen",
        not_pasted: "Der Browser hat die Zwischenablage nicht freigegeben, oder es ist kein Text darin. Den Zugriff erlauben oder von Hand einfügen.",
        pasted_rich: "Mit der Formatierung eingefügt.",
        as_plain_text: "Stattdessen den reinen Text nehmen",
        read_as: "Lesen als",
        kinds: &["Automatisch erkennen", "Reiner Text", "Markdown", "HTML"],
        choose_file: "Datei auswählen",
        web_address: "Webadresse",
        nothing_given: "Zuerst etwas einfügen, eine Datei auswählen oder eine Adresse eingeben.",
        new_version_of: "Dies ist eine neue Fassung von",
        choose_article: "Artikel auswählen",
        treat_as_version: "Als neue Fassung behandeln",
    },
    bookmarklet: &Bookmarklet {
        heading: "Von jeder Seite aus",
        hint: "Zu den Lesezeichen ziehen und auf jeder Seite anklicken, die hier gelesen werden soll. Nur diese Seite wird an Postil übergeben, und erst nach einer Rückfrage.",
        name: "In Postil annotieren",
        copy: "Adresse kopieren",
        copied: "Kopiert. Jetzt ein Lesezeichen damit anlegen.",
        not_copied: "Der Browser hat das Kopieren nicht erlaubt.",
    },
    import: &Import {
        new: |count| counted(count, "neue Notiz", "neue Notizen"),
        already: |count| counted(count, "Notiz ist schon hier", "Notizen sind schon hier"),
        newer_here: |count| counted(count, "Notiz ist hier neuer", "Notizen sind hier neuer"),
        newer_there: |count| {
            counted(
                count,
                "Notiz ist in der Datei neuer",
                "Notizen sind in der Datei neuer",
            )
        },
        as_old: |count| {
            counted(
                count,
                "Notiz weicht ab und ist hier so alt wie in der Datei",
                "Notizen weichen ab und sind hier so alt wie in der Datei",
            )
        },
        twice: |count| {
            counted(
                count,
                "Stelle ist von beiden markiert",
                "Stellen sind von beiden markiert",
            )
        },
        elsewhere: import_elsewhere,
        not_understood: |count| {
            counted(
                count,
                "Eintrag wird nicht verstanden:",
                "Einträge werden nicht verstanden:",
            )
        },
        entry: |file, entry| match file {
            Some(file) => format!(
                "{file}, Eintrag {}: {}",
                entry.entry,
                entry_fault(entry.why)
            ),
            None => format!("Eintrag {}: {}", entry.entry, entry_fault(entry.why)),
        },
        more: |count| format!("und {count} weitere"),
        left_out: |file, why| format!("„{file}“ bleibt weg: {}.", failure(why)),
        differing: "Wo eine Notiz abweicht",
        choices: &[
            "Beide behalten, nebeneinander",
            "Die neuere behalten",
            "Meine behalten",
        ],
        outcome: import_outcome,
    },
    launch: &Launch {
        heading: "Öffnen?",
        open_address,
        open_words,
        open_file,
        not_shared: "Was mit Postil geteilt wurde, ist nicht lesbar. Noch einmal teilen, oder als Datei speichern und diese hier öffnen.",
        too_large: "Was mit Postil geteilt wurde, ist zu groß, um es von einer anderen App anzunehmen. Als Datei speichern und diese hier öffnen.",
        import_page,
        await_page,
        not_received: "Die Seite ist nicht angekommen: Sie ist nicht lesbar oder von anderen Fenstern abgeschirmt. Dort noch einmal „In Postil annotieren“ anklicken, oder die Seite als Datei speichern und diese hier öffnen.",
    },
    library: &Library {
        search: "Artikel und Notizen durchsuchen",
        sort_by: "Sortieren nach",
        order,
        count: articles_shown,
        used,
        articles: "Geöffnete Artikel",
        about,
        remove: remove_article,
        removed: "Vor Kurzem entfernt",
    },
    tags: &Tags {
        label: "Schlagwörter",
        search: "Schlagwörter durchsuchen",
        count: tags_shown,
        list: "Alle Schlagwörter",
        none_yet: "Es gibt noch keine Schlagwörter. Sie werden unter eine Notiz geschrieben, mit Kommas dazwischen; hier steht dann, wie viele Notizen jedes hat, und jedes lässt sich in allen zugleich umbenennen oder entfernen.",
        about: tag_about,
        rename: "Umbenennen",
        new_name: new_name_of_tag,
        rename_in: rename_tag_in,
        join: join_tags,
        remove_from: remove_from_notes,
        show: "Notizen zeigen",
        named: named_with_tag,
    },
    all_notes: &AllNotes {
        label: "Alle Notizen",
        search: "Alle Notizen durchsuchen",
        group_by: "Gruppieren nach",
        grouping: |by| match by {
            Grouping::Article => "Artikel",
            Grouping::Tag => "Schlagwort",
            Grouping::Colour => "Farbe",
            Grouping::Day => "Tag",
        },
        reading: "Die Notizen werden geladen\u{a0}…",
        fold_all: "Alle einklappen",
        unfold_all: "Alle ausklappen",
        shown: all_notes_shown,
        none_yet: "Es gibt noch keine Notizen. Einen Artikel öffnen und eine Stelle auswählen: Was markiert oder geschrieben wird, gleich in welchem Artikel, ist hier zu finden.",
        no_match: "Keine Notiz enthält diese Wörter. Angaben wie tag:law, in:title, by:ada, color:red und since:7d lassen sich verbinden.",
        no_state: "Was aus der Stelle einer Notiz geworden ist („state:“), ist nur im gerade offenen Artikel bekannt.",
        no_tag: "Ohne Schlagwort",
        no_day: "Tag unbekannt",
    },
    year: &Year {
        label: "Mein Jahr",
        as_table: "Als Tabelle",
        summary: year_summary,
        by_day: "Notizen nach Tag",
        by_colour: "Notizen nach Farbe",
        by_article: "Notizen nach Artikel",
        notes_a_day: "Notizen am Tag",
        on_day: |count, day| format!("{}, {day}", notes(count)),
        more_articles: |count| {
            counted(
                count,
                "weiterer Artikel hat Notizen.",
                "weitere Artikel haben Notizen.",
            )
        },
        week_of: "Woche vom",
        weekdays: &["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"],
        total: "Summe",
        colour: "Farbe",
        article: "Artikel",
        notes: "Notizen",
    },
    your_notes: &YourNotes {
        looking: "Wird nachgesehen\u{a0}…",
        place: "Wo sie sind",
        where_they_are,
        saved: "Alles ist gespeichert.",
        saving: "Die letzten Änderungen werden gerade gespeichert.",
        not_saved: "Nicht alles ist auf dem Datenträger gespeichert.",
        small_storage: "Kleiner Speicher",
        database: "Datenbank",
        room,
        promised: "Der Browser hat zugesagt, sie nicht von selbst zu löschen.",
        not_promised: "Der Browser darf sie löschen, wenn der Datenträger voll ist.",
        ask_to_keep: "Um Aufbewahrung bitten",
        backup: "Sicherung",
        edits_since_backup,
        no_backup_file: "Dieser Browser kann keine Datei auf dem Datenträger aktuell halten; die Notizen ab und zu herunterladen.",
        choose_backup: "Eine Sicherungsdatei aktuell halten",
        backup_waits,
        resume_backup: "Wieder erlauben",
        backup_kept,
        stop_backup: "Beenden",
        trash: "Papierkorb",
        trash_empty: "In letzter Zeit wurde nichts entfernt. Entferntes bleibt hier für 30 Tage, an denen Postil benutzt wird.",
        days_left,
        snapshots: "Momentaufnahmen",
        no_snapshots: "Noch keine Momentaufnahmen. An jedem Tag, an dem Postil benutzt wird, entsteht eine; die letzten sieben bleiben erhalten.",
        snapshot,
        set_aside: "Beiseitegelegt",
        records_set_aside,
        delete_everything: "Alles löschen",
        delete_why: "Entfernt jede Notiz, jeden Artikel und jede Einstellung von Postil aus diesem Browser. Das lässt sich nicht rückgängig machen.",
        delete_sure: "Zuerst die Notizen herunterladen: Es gibt kein Zurück.",
        delete_now: "Jetzt alles löschen",
    },
    synchronise: &Synchronise {
        label: "Abgleichen",
        why: "Notizen lassen sich über eine CouchDB mit anderen Geräten abgleichen: auf einem eigenen Server oder auf einem gemieteten. Ohne geht alles genauso.",
        set_up: "Einrichten",
        address: "Adresse der Datenbank",
        address_hint: "https://server.example/meine-notizen",
        name: "Name",
        password: "Passwort",
        seal: "Notizen verschlüsseln",
        passphrase: "Passphrase",
        passphrase_why: "Nur wer die Passphrase hat, kann die Notizen auf dem Server lesen. Geht sie verloren, kann sie dort niemand mehr öffnen; die in diesem Browser bleiben.",
        open_why: "Andere Programme können die Notizen auf dem Server lesen, und wer ihn betreibt, auch.",
        no_passphrase: "Es fehlt eine Passphrase.",
        look: "Versuchen",
        join: "Abgleichen",
        looking: "Der Server wird gefragt\u{a0}…",
        works_new: "Das geht. Die Datenbank gibt es noch nicht; sie wird beim Abgleichen angelegt.",
        works: server_works,
        place: server_place,
        sealed: "Die Notizen dort sind verschlüsselt.",
        open: "Die Notizen dort sind nicht verschlüsselt.",
        paused: "Angehalten.",
        elsewhere: "Das tut ein anderer Tab.",
        working: server_working,
        in_step: server_in_step,
        offline: server_offline,
        stopped: server_stopped,
        not_kept: "Angehalten: Dieser Browser speichert nicht, was ankommt.",
        last: server_last,
        now: "Jetzt abgleichen",
        pause: "Anhalten",
        resume: "Fortsetzen",
        change: "Passphrase ändern",
        new_passphrase: "Neue Passphrase",
        change_why: "Alles auf dem Server wird neu verschlüsselt, und die anderen Geräte fragen nach der neuen Passphrase. Geht sie verloren, kann die Notizen dort niemand mehr öffnen.",
        change_now: "Ändern",
        changed: "Die Passphrase ist geändert.",
        invite: "Weiteres Gerät",
        invite_why: "Dieser Link ist auf dem anderen Gerät zu öffnen, oder seine Kamera liest den Code. Im Link steht der Schlüssel der Notizen: Niemand sonst soll ihn sehen.",
        link: "Link für das andere Gerät",
        copy_link: "Link kopieren",
        code: "Der Link als Code",
        hide: "Verbergen",
        invited: server_invited,
        leave: "Verlassen",
        leave_why: "Die Notizen bleiben in diesem Browser, und andere Geräte behalten ihre. Was auf dem Server steht, kann bleiben oder gelöscht werden.",
        leave_only: "Dort lassen",
        leave_and_delete: "Dort löschen",
        left: "Dieser Browser gleicht nicht mehr ab. Die Notizen bleiben, hier und auf dem Server.",
        left_empty: "Dieser Browser gleicht nicht mehr ab. Die Notizen bleiben hier und sind auf dem Server gelöscht.",
        trouble: trouble_of_server,
        lines: "Diese Zeilen in seiner Konfiguration erlauben es:",
    },
    together: &Together {
        label: "Gemeinsam lesen",
        why: "Eine Gruppe kann sich eine Datenbank teilen: Alle sehen die Notizen der anderen zu den Artikeln, die die Gruppe liest, und können darauf antworten. Niemand ändert fremde Notizen.",
        set_up: "Einer Gruppe beitreten",
        maker: "Name für die anderen",
        maker_why: "Er steht bei jeder eigenen Notiz. Auf allen eigenen Geräten denselben nehmen, und einen, den in der Gruppe sonst niemand hat.",
        no_maker: "Es fehlt ein Name für die anderen.",
        passphrase_why: "Alle in der Gruppe haben dieselbe Passphrase; nur wer sie hat, kann die Notizen auf dem Server lesen. Geht sie verloren, kann sie dort niemand mehr öffnen; die in diesem Browser bleiben.",
        open_why: "Wer die Datenbank lesen darf, kann die Notizen lesen, auch mit anderen Programmen.",
        join: "Beitreten",
        as_reader: circle_as_reader,
        share: circle_share,
        share_why: "Andere Artikel und die Notizen dazu bleiben hier.",
        invite: "Jemanden einladen",
        invite_why: "Dieser Link ist für jemanden, der mitlesen soll; eine Kamera liest auch den Code. Im Link steht der Schlüssel der gemeinsamen Notizen; der Server fragt vielleicht noch nach Namen und Passwort.",
        link: "Link für die andere Person",
        invited: circle_invited,
        leave_why: "Die Notizen bleiben in diesem Browser, und die eigenen bleiben bei den anderen.",
        left: "Dieser Browser liest nicht mehr gemeinsam. Die Notizen bleiben, hier und auf dem Server.",
        share_here: "Mit der Gruppe teilen",
        hide_others: "Notizen der anderen ausblenden",
        show_others: "Notizen der anderen einblenden",
        copy: "Kopie behalten",
    },
    folder: &Folder {
        label: "Ordner",
        why: "Die Notizen zu jedem Artikel können als Markdown-Datei in einem Ordner auf diesem Gerät stehen, nach der eigenen Vorlage: etwa in einem Ordner von Obsidian oder eines abgeglichenen Laufwerks. Dateien, die Postil nicht geschrieben hat, bleiben, wie sie sind.",
        choose: "Notizen in einem Ordner halten",
        kept: folder_kept,
        waits: folder_waits,
        allow: "Erneut erlauben",
        stop: "Nicht mehr halten",
        stopped: "In den Ordner wird nichts mehr geschrieben. Die Dateien darin bleiben.",
        writing: folder_writing,
        written: folder_written,
        not_written: "Es wurde nichts geschrieben.",
        line: "Von Postil geschrieben, und mit jeder Änderung neu. Was unter dieser Zeile steht, bleibt.",
    },
    print: &Print {
        label: "Drucken",
        what: "Was gedruckt wird",
        parts: &[
            "Artikel mit Notizen",
            "Artikel mit Markierungen",
            "Nur Notizen",
        ],
        hint: "Die Notizen stehen neben ihren Zeilen, wo das Papier breit genug ist, sonst nach dem Artikel. Strg\u{a0}P druckt, was hier gewählt ist.",
    },
    commands: &Commands {
        label: "Befehle",
        command: "Befehl",
        hint: "Was ist zu tun?",
        none: "Kein Befehl enthält diese Wörter.",
        next_note: "Nächste Notiz",
        previous_note: "Vorige Notiz",
        write_note: "Zur gewählten Notiz schreiben",
        write_whole: "Notiz zum ganzen Artikel",
        remove_note: "Gewählte Notiz entfernen",
        full_sheet: "Notizen so hoch wie das Fenster, oder nicht",
        toggle_notes: "Notizen ein- oder ausblenden",
        toggle_highlights: "Markierungen ein- oder ausblenden",
    },
    look: &Look {
        theme: "Farbschema",
        named_theme,
        typeface: "Schriftart",
        named_face,
        measure,
        value: measured,
        justified: "Blocksatz mit Silbentrennung",
        strong: "Mehr Kontrast",
        patterns: "Muster zusätzlich zu Farben",
        whole_words: "Ganze Wörter auswählen",
        line_ends: "Einfache Zeilenenden in Notizen beibehalten",
        no_line_ends: "Einfache Zeilenenden in Notizen als Leerzeichen zeigen",
        reset: "Wie üblich",
        language: "Sprache",
        browsers_language: "Sprache des Browsers",
        language_why: "Für eine andere Sprache lädt sich die Seite selbst neu; nichts geht verloren.",
    },
    cursor: &Cursor {
        next_sentence: "Nächster Satz",
        previous_sentence: "Voriger Satz",
        next_paragraph: "Nächster Absatz",
        previous_paragraph: "Voriger Absatz",
        next_heading: "Nächste Überschrift",
        previous_heading: "Vorige Überschrift",
        highlight: "Den Satz markieren",
        add_note: "Dem Satz eine Notiz hinzufügen",
        place,
        no_more,
        read_aloud: "Vorlesen",
        rest: "Vorlesen pausieren",
        go_on: "Vorlesen fortsetzen",
        stop: "Vorlesen beenden",
        resting: "Vorlesen pausiert",
    },
    keys: &Keys {
        single_letters: "Tasten mit einzelnen Buchstaben",
        effect,
        change: "Ändern",
        change_of: |effect| format!("Taste für „{effect}“ ändern"),
        switch_off: "Abschalten",
        switch_off_of: |effect| format!("Taste für „{effect}“ abschalten"),
        off: "aus",
        press: |effect| {
            format!("Die neue Taste für „{effect}“ drücken. Esc lässt sie, wie sie ist.")
        },
        taken: |key, effect| format!("{key} ist die Taste für „{effect}“."),
        swap: "Beide Tasten tauschen",
        keep: "So lassen",
        reset: "Alle Tasten zurücksetzen",
        named: keys_named,
        list: &[
            (
                "← →",
                "Voriger, nächster Satz: Die Tasten für eine Stelle gelten dann für diesen Satz",
            ),
            (
                "↑ ↓",
                "Voriger, nächster Absatz, sobald ein Satz erreicht ist oder der Fokus im Artikel liegt",
            ),
            ("Strg ↑ ↓", "Vorige, nächste Überschrift"),
            (
                "Umschalt ← → ↑ ↓",
                "Bei einem Satz: mehr oder weniger erfassen",
            ),
            (
                "Eingabe",
                "Bei einem Satz: seine Notiz wählen oder seine Wörter auswählen",
            ),
            (
                "Esc",
                "Bei einem Satz: ihn verlassen, sodass ↑ ↓ wieder die Seite bewegen",
            ),
            (
                "Umschalt ← →",
                "Im Artikel, sonst: die Auswahl um ein Zeichen erweitern",
            ),
            (
                "Strg Umschalt ← →",
                "Im Artikel: die Auswahl um ein Wort erweitern",
            ),
            (
                "Umschalt ↑ ↓",
                "Im Artikel: die Auswahl um eine Zeile erweitern",
            ),
            (
                "Umschalt ← →",
                "Das Ende der Stelle der gewählten Notiz verschieben; mit Strg den Anfang, mit Alt um ganze Wörter",
            ),
            ("Eingabe", "Zur gewählten Notiz schreiben"),
            ("Entf", "Die gewählte Notiz entfernen"),
            (
                "Strg A",
                "In der Liste der Notizen: alle gezeigten auswählen; Entf entfernt sie",
            ),
            (
                "Strg Klick, Umschalt Klick",
                "Auf Karten: mehrere Notizen auswählen, oder alle bis zu dieser; Esc hebt die Auswahl auf",
            ),
            (
                "Leertaste",
                "Auf einer Karte, während Notizen ausgewählt sind: ihre Notiz auch auswählen oder ihre Auswahl aufheben",
            ),
            (
                "Umschalt A",
                "Die gewählte Notiz an die ausgewählte Stelle heften",
            ),
            ("Strg Eingabe", "Beim Schreiben: speichern"),
            (
                "Strg B, I, L, Q",
                "Beim Schreiben: fett, kursiv, Link, Zitat",
            ),
            (
                "[[",
                "Beim Schreiben: Notizen und Überschriften als Ziel eines Links; ↑ ↓ und Eingabe nehmen eines",
            ),
            (
                "Eingabe",
                "Beim Schreiben, in einer Liste: den nächsten Punkt beginnen oder die Liste bei einem Punkt ohne Wörter beenden",
            ),
            (
                "Tab, Umschalt Tab",
                "Beim Schreiben, in einer Liste: den Punkt unter einen anderen setzen oder zurück",
            ),
            ("Esc", "Schließen, verlassen, die Auswahl aufheben"),
            ("Strg Umschalt H", "Markierungen ein- oder ausblenden"),
            ("Strg K", "Jeder Befehl, durch Tippen zu finden"),
            ("Strg Z", "Rückgängig"),
            ("Strg Umschalt Z", "Wiederherstellen"),
            ("Strg V", "Öffnen, was in der Zwischenablage ist"),
            ("Tab", "Von einem Bedienelement zum nächsten"),
        ],
    },
    notices: &Notices {
        message,
        progress: "Bisher geladen",
        bring_back: "Zurückholen",
        take_back: "Zurücknehmen",
        export_notes: "Notizen exportieren",
        update: "Zum Aktualisieren neu laden",
        loading: "Wird geladen\u{a0}…",
        unsaved: "Die letzten Änderungen sind nur auf diesem Bildschirm: Dieser Browser hat sie nicht gespeichert.",
        part_missing: "Dieser Teil von Postil wurde nicht geladen. Die Verbindung prüfen und es noch einmal versuchen; hilft das nicht, die Seite neu laden.",
    },
    files: &Files {
        notes_on,
        all_notes,
        notes_of_day,
        library: library_of_day,
        backup: "postil-notizen",
        set_aside: "postil-beiseitegelegt",
    },
};

const APP: &str = "Postil";

/// Maximum number of code points of a title, or of a file's name, within a question.
const MOST_TITLE: usize = 200;

fn window_title(article: &str) -> String {
    format!("{} · {APP}", DE.title(article))
}

fn format(format: Format) -> &'static str {
    match format {
        Format::WebAnnotation => "JSON (Web Annotation)",
        Format::AnnotationList => "JSON-Liste (Web Annotation)",
        Format::Csv => "CSV",
        Format::Readwise => "CSV (Readwise)",
        Format::Text => "Text",
        Format::Hypothesis => "JSON (Hypothesis)",
        Format::Readium => "Readium-Annotationen",
        Format::Bibtex => "BibTeX",
        Format::CslJson => "CSL JSON",
        Format::Markdown => "Markdown",
        Format::MarkedArticle => "Artikel mit Markierungen (Markdown)",
        Format::Table => "Tabelle",
        Format::Link => "Link",
        Format::WebPage => "Webseite (eine Datei)",
    }
}

fn named_theme(theme: Theme) -> &'static str {
    match theme {
        Theme::Light => "Hell",
        Theme::Sepia => "Sepia",
        Theme::Dark => "Dunkel",
        Theme::Black => "Schwarz",
        Theme::System => "System",
    }
}

fn named_face(face: Face) -> &'static str {
    match face {
        Face::Serif => "Mit Serifen",
        Face::Sans => "Ohne Serifen",
        Face::Literata => "Literata, für langes Lesen",
        Face::Atkinson => "Atkinson Hyperlegible, bei Sehschwäche",
        Face::Dyslexic => "OpenDyslexic, bei Legasthenie",
    }
}

fn measure(measure: Measure) -> &'static str {
    match measure {
        Measure::Size => "Schriftgröße",
        Measure::Width => "Zeilenbreite",
        Measure::Height => "Zeilenhöhe",
    }
}

fn measured(measure: Measure, value: u16) -> String {
    match measure {
        Measure::Size => format!("{value}\u{a0}%"),
        // Letters are on average somewhat less than half as wide as high.
        Measure::Width => format!("etwa {} Zeichen", value * 21 / 100),
        Measure::Height => format!("{},{:02}", value / 100, value % 100),
    }
}

fn show_pictures(host: &str) -> String {
    format!("Bilder von {host} zeigen")
}

/// The colours are nouns: “in Gelb”.
fn colour(colour: Colour) -> &'static str {
    match colour {
        Colour::Yellow => "Gelb",
        Colour::Red => "Rot",
        Colour::Green => "Grün",
        Colour::Blue => "Blau",
        Colour::Purple => "Lila",
        Colour::Magenta => "Magenta",
        Colour::Orange => "Orange",
        Colour::Grey => "Grau",
    }
}

/// Counts notes, as the subject or the object of a sentence.
fn notes(count: usize) -> String {
    match count {
        0 => "keine Notizen".to_owned(),
        count => counted(count, "Notiz", "Notizen"),
    }
}

/// Counts notes after a preposition with the dative.
fn in_notes(count: usize) -> String {
    match count {
        0 => "keiner Notiz".to_owned(),
        count => notes(count),
    }
}

fn notes_picked(count: usize, hidden: usize) -> String {
    let picked = capital(&notes(count));
    match hidden {
        0 => format!("{picked} ausgewählt"),
        hidden => format!("{picked} ausgewählt, davon {hidden} nicht gezeigt"),
    }
}

fn tags_shown(shown: usize, all: usize) -> String {
    match shown == all {
        true => counted(all, "Schlagwort", "Schlagwörter"),
        false => format!(
            "{shown} von {}",
            counted(all, "Schlagwort", "Schlagwörtern")
        ),
    }
}

fn tag_about(here: usize, all: usize) -> String {
    match here == all {
        true => format!("{} hier", notes(all)),
        false => format!("{} hier, {all} in allen Artikeln", notes(here)),
    }
}

fn new_name_of_tag(tag: &str) -> String {
    format!("Neuer Name für „{tag}“")
}

fn rename_tag_in(count: usize) -> String {
    format!("In {} umbenennen", in_notes(count))
}

fn join_tags(other: &str, count: usize, others: usize) -> String {
    format!("Mit {other} vereinen: {count} + {}", notes(others))
}

fn remove_from_notes(count: usize) -> String {
    format!("Aus {} entfernen", in_notes(count))
}

fn named_with_tag(label: &str, tag: &str) -> String {
    format!("{label}: {tag}")
}

fn remove_tag_from(tag: &str, count: usize) -> String {
    format!("{tag}: aus {} entfernen", in_notes(count))
}

fn notes_shown(shown: usize, all: usize) -> String {
    format!("{shown} von {}", in_notes(all))
}

fn all_notes_shown(found: usize, all: usize, of: usize) -> String {
    let counted = match found == all {
        true => notes(all),
        false => notes_shown(found, all),
    };
    match of {
        0 => counted,
        of => format!("{counted}, in {}", in_articles(of)),
    }
}

fn year_summary(count: usize, days: usize, of: usize) -> String {
    match count {
        0 => "In den letzten 53 Wochen sind keine Notizen entstanden.".to_owned(),
        count => format!(
            "{} an {} der letzten 53 Wochen, in {}.",
            capital(&notes(count)),
            counted(days, "Tag", "Tagen"),
            in_articles(of)
        ),
    }
}

fn need_a_look(count: usize) -> String {
    format!("{count} zu prüfen")
}

fn more(label: &str, count: usize) -> String {
    format!("{label} ({count})")
}

fn found_of(found: usize, of: usize) -> String {
    format!("{found} von {} gefunden", counted(of, "Stelle", "Stellen"))
}

fn overlap(count: usize) -> String {
    counted(
        count,
        "weitere Notiz zu diesen Wörtern",
        "weitere Notizen zu diesen Wörtern",
    )
}

fn recolour_named(name: &str) -> String {
    format!("Umfärben in „{name}“")
}

fn name_of_colour(of: Colour) -> String {
    format!("Name für {}", colour(of))
}

fn recolour(other: Colour) -> String {
    format!("Umfärben in {}", colour(other))
}

fn place_of(place: usize, count: usize) -> String {
    format!("{} von {count}", place + 1)
}

fn open_address(address: &str) -> String {
    format!("{address} abrufen und öffnen?")
}

fn open_words(title: &str, bytes: usize) -> String {
    let size = kilobytes(bytes);
    match &*shortened(title, MOST_TITLE) {
        "" => format!("Den Text öffnen, der mit Postil geteilt wurde ({size})?"),
        title => format!("„{title}“ öffnen, mit Postil geteilt ({size})?"),
    }
}

fn open_file(name: &str, bytes: usize, of: u32) -> String {
    let (name, size) = (shortened(name, MOST_TITLE), kilobytes(bytes));
    match of {
        1 => format!("„{name}“ öffnen, mit Postil geteilt ({size})?"),
        of => format!(
            "„{name}“ öffnen ({size})? Es ist die erste von {of} Dateien, die mit Postil geteilt wurden; die anderen bitte einzeln teilen."
        ),
    }
}

fn import_page(page: &CapturedPage, is_known: bool) -> String {
    let from = if is_known { "von" } else { "angeblich von" };
    let size = kilobytes(page.html.len());
    format!(
        "„{}“ importieren, {from} {} ({size})?",
        page.title,
        page.host()
    )
}

fn await_page(origin: &str) -> String {
    format!("Warten auf die Seite von {origin}\u{a0}…")
}

fn order(order: Order) -> &'static str {
    match order {
        Order::Opened => "zuletzt geöffnet",
        Order::Title => "Titel",
        Order::Notes => "meiste Notizen",
        Order::Read => "am wenigsten gelesen",
    }
}

fn articles(count: usize) -> String {
    counted(count, "Artikel", "Artikel")
}

/// Counts articles after a preposition with the dative.
fn in_articles(count: usize) -> String {
    counted(count, "Artikel", "Artikeln")
}

fn articles_shown(shown: usize, all: usize) -> String {
    match shown == all {
        true => articles(all),
        false => format!("{shown} von {}", in_articles(all)),
    }
}

fn used(bytes: f64) -> String {
    format!("{} in diesem Browser belegt", size(bytes))
}

fn about(entry: &Entry, opened: Option<String>) -> String {
    // The publication date is the one stated, whatever the reader's time zone.
    let day = |moment: &str| moment.split('T').next().unwrap_or_default().to_owned();
    let mut parts: Vec<String> = entry.site.iter().cloned().collect();
    parts.extend(entry.published.as_deref().map(day));
    parts.push(notes(entry.notes));
    parts.push(format!("{}\u{a0}% gelesen", entry.read));
    parts.extend(opened.map(|day| format!("geöffnet: {day}")));
    parts.join(" · ")
}

fn remove_article(title: &str) -> String {
    format!("„{}“ entfernen", DE.title(title))
}

fn where_they_are(count: usize, on: usize) -> String {
    format!(
        "{} in {}, in diesem Browser auf diesem Gerät und sonst nirgends.",
        capital(&notes(count)),
        in_articles(on)
    )
}

fn room(used: f64, all: f64) -> String {
    format!("{} von {}", size(used), size(all))
}

fn edits_since_backup(edits: u32) -> String {
    match edits {
        0 => "Seit der letzten Sicherung hat sich nichts geändert.".to_owned(),
        edits => counted(
            edits as usize,
            "Änderung seit der letzten Sicherung.",
            "Änderungen seit der letzten Sicherung.",
        ),
    }
}

fn backup_waits(name: &str) -> String {
    format!(
        "„{name}“ ist die Sicherungsdatei. Der Browser braucht eine Erlaubnis, bevor sie wieder geschrieben wird."
    )
}

fn backup_kept(name: &str) -> String {
    format!("„{name}“ bleibt aktuell, solange Postil offen ist.")
}

/// Says that records wait, if any do.
fn waiting(count: usize) -> String {
    match count {
        0 => String::new(),
        1 => " Eine Änderung wartet.".to_owned(),
        _ => format!(" {count} Änderungen warten."),
    }
}

fn circle_as_reader(name: &str) -> String {
    format!("Die anderen sehen den Namen „{name}“.")
}

fn circle_share(title: &str) -> String {
    format!("Die Gruppe liest „{}“ mit meinen Notizen", DE.title(title))
}

fn circle_invited(address: &str) -> String {
    format!("Mit diesem Link liest man gemeinsam mit der Gruppe der Datenbank {address}.")
}

fn server_works(documents: u64) -> String {
    match documents {
        0 => "Das geht. Die Datenbank ist leer.".to_owned(),
        1 => "Das geht. Die Datenbank hat ein Dokument.".to_owned(),
        _ => format!("Das geht. Die Datenbank hat {documents} Dokumente."),
    }
}

fn server_place(address: &str, name: &str) -> String {
    match name {
        "" => format!("Mit {address}."),
        _ => format!("Mit {address}, als {name}."),
    }
}

fn server_working(count: usize) -> String {
    ["Wird abgeglichen\u{a0}…", &waiting(count)].concat()
}

fn server_in_step(refused: usize, unreadable: usize) -> String {
    let mut said = "Auf gleichem Stand.".to_owned();
    if refused > 0 {
        said += &format!(
            " Der Server erlaubt nicht, {} zu schreiben; hier bleibt alles gespeichert.",
            counted(refused, "Änderung", "Änderungen")
        );
    }
    if unreadable > 0 {
        said += &format!(
            " Auf dem Server nicht lesbar: {}; das bleibt, wie es ist.",
            counted(unreadable, "Dokument", "Dokumente")
        );
    }
    said
}

fn server_offline(count: usize) -> String {
    ["Offline: Der Server ist nicht erreichbar.", &waiting(count)].concat()
}

fn server_stopped(why: &str, count: usize) -> String {
    ["Angehalten: ", why, &waiting(count)].concat()
}

fn server_invited(address: &str, name: &str) -> String {
    match name {
        "" => format!("Dieser Link gleicht die Notizen in diesem Browser mit {address} ab."),
        _ => format!(
            "Dieser Link gleicht die Notizen in diesem Browser mit {address} ab, als {name}."
        ),
    }
}

fn server_last(moment: &str) -> String {
    format!("Zuletzt: {moment}.")
}

fn trouble_of_server(why: Trouble) -> &'static str {
    match why {
        Trouble::Unreachable => {
            "Unter dieser Adresse antwortet kein Server. Stimmt die Adresse, gibt es eine Verbindung? Auch bei falschem Datum oder falscher Uhrzeit dieses Geräts scheitern Verbindungen."
        }
        Trouble::SignIn => "Der Server nimmt diesen Namen mit diesem Passwort nicht an.",
        Trouble::Forbidden => "Der Server erlaubt das diesem Namen nicht.",
        Trouble::Missing => "Diese Datenbank gibt es auf dem Server nicht.",
        Trouble::Full => "Auf dem Server ist kein Platz mehr.",
        Trouble::Busy => "Der Server hat zu viel zu tun. Er wird später wieder gefragt.",
        Trouble::TooLong => "Der Server antwortet mit mehr, als zu lesen ist.",
        Trouble::Unknown => {
            "Was dort antwortet, ist keine CouchDB, oder keine ab Version 2. Stimmt die Adresse?"
        }
        Trouble::NoAddress => {
            "Das ist keine Adresse einer Datenbank: Sie besteht aus dem Server und der Datenbank, wie https://server.example/meine-notizen."
        }
        Trouble::Closed => {
            "Der Server ist da, lässt diese Seite aber seine Antworten nicht lesen (CORS)."
        }
        Trouble::Unsafe => {
            "Der Browser verschlüsselt oder speichert das hier nicht: Die Seite muss über eine sichere Verbindung kommen (https), und es müssen 64\u{a0}MB Speicher frei sein."
        }
        Trouble::WrongPassphrase => "Das ist nicht die Passphrase der Notizen dort.",
        Trouble::Sealed => "Die Notizen dort sind verschlüsselt: Es fehlt ihre Passphrase.",
        Trouble::NotSealed => {
            "Die Notizen dort sind nicht verschlüsselt. Es geht mit einer anderen Datenbank, oder ohne Verschlüsselung."
        }
        Trouble::Newer => {
            "Was dort steht, ist nicht zu lesen: Eine neuere Version von Postil hat es geschrieben, oder es fehlt etwas."
        }
    }
}

fn folder_kept(name: &str) -> String {
    format!(
        "Die Notizen zu jedem Artikel stehen im Ordner „{name}“ und bleiben aktuell, solange Postil offen ist. Was in einer Datei unter der markierten Zeile steht, bleibt; was darüber steht, wird mit jeder Änderung neu geschrieben."
    )
}

fn folder_waits(name: &str) -> String {
    format!(
        "„{name}“ ist der Ordner für Notizen. Der Browser braucht eine Erlaubnis, bevor dort wieder geschrieben wird."
    )
}

fn folder_writing(done: usize, all: usize) -> String {
    format!(
        "Die Notizen zu {} werden geschrieben: {done} fertig.",
        in_articles(all)
    )
}

fn folder_written(count: usize, left_out: usize) -> String {
    let written = format!("Die Notizen zu {} sind im Ordner.", in_articles(count));
    match left_out {
        0 => written,
        1 => format!("{written} 1 Artikel fehlt, weil sein Text nicht in diesem Browser ist."),
        _ => format!(
            "{written} {left_out} Artikel fehlen, weil ihre Texte nicht in diesem Browser sind."
        ),
    }
}

fn days_left(days: u32) -> String {
    counted(days as usize, "weiterer Tag", "weitere Tage")
}

fn snapshot(date: &str, count: usize) -> String {
    format!("{date}: {}", notes(count))
}

fn records_set_aside(count: usize) -> String {
    counted(
        count,
        "Eintrag war nicht lesbar. Er bleibt aufgehoben, wie er war.",
        "Einträge waren nicht lesbar. Sie bleiben aufgehoben, wie sie waren.",
    )
}

fn name_of(intent: Intent) -> &'static str {
    match intent {
        Intent::Highlight => "die Markierung",
        Intent::AddNote => "die neue Notiz",
        Intent::Edit => "die Änderung",
        Intent::Recolour => "die Farbe",
        Intent::Remove => "das Entfernen",
        Intent::Import => "der Import",
        Intent::Keep => "das Beibehalten der Stelle",
        Intent::Detach => "das Lösen der Notiz",
        Intent::Attach => "das Anheften der Notiz",
        Intent::Move => "die neuen Enden der Stelle",
        Intent::AddPassage => "die hinzugefügte Stelle",
        Intent::RemovePassage => "das Entfernen der Stelle",
        Intent::Join => "die neue Fassung",
        Intent::Restore => "das Zurückholen von Notizen",
        Intent::RemoveArticle => "das Entfernen der Notizen des Artikels",
        Intent::AddTag => "das neue Schlagwort",
        Intent::RemoveTag => "das Entfernen des Schlagworts",
        Intent::RenameTag => "der neue Name des Schlagworts",
    }
}

fn elsewhere(elsewhere: bool) -> &'static str {
    if elsewhere {
        ", in einem anderen Artikel"
    } else {
        ""
    }
}

/// Says the place of the reading cursor.
fn place(words: &str, level: Option<u8>, colours: &[Colour], has_note: bool) -> String {
    let mut said = match level {
        Some(level) => format!("Überschrift, Ebene {level}: {words}"),
        None => words.to_owned(),
    };
    if !colours.is_empty() {
        let colours: Vec<&str> = colours.iter().map(|of| colour(*of)).collect();
        let note = if has_note { ", mit Notiz" } else { "" };
        said.push_str(&format!(" – in {} markiert{note}", colours.join(" und ")));
    }
    said
}

fn effect(usual: char) -> String {
    let said = match usual {
        'h' => "Die Stelle markieren",
        'a' => "Der Stelle eine Notiz hinzufügen",
        'n' => "Eine Notiz hinzufügen, mit einer zweiten Taste",
        '1'..='8' => {
            let number = usual as usize - '1' as usize;
            let of = Colour::ALL.get(number).copied().unwrap_or_default();
            return format!("In {} markieren oder umfärben", colour(of));
        }
        'w' => "Ganze Tabelle, Abbildung, Formel oder ganzen Code auswählen",
        'r' => "Vorlesen, pausieren, fortsetzen; Esc beendet",
        'j' => "Nächste Notiz",
        'k' => "Vorige Notiz",
        'y' => "Die gewählte Notiz dort beibehalten, wo sie gefunden wurde",
        'x' => "Die gewählte Notiz lösen: Ihre Stelle ist dort nicht",
        '[' => "Vorige mögliche Stelle der gewählten Notiz",
        ']' => "Nächste mögliche Stelle der gewählten Notiz",
        '/' => "Notizen durchsuchen",
        't' => "Notizen ein- oder ausblenden",
        'c' => "Inhalt des Artikels",
        'l' => "Bibliothek",
        _ => "Diese Liste",
    };
    said.to_owned()
}

fn keys_named(english: &str) -> String {
    let key = |key| match key {
        "Ctrl" => "Strg",
        "Shift" => "Umschalt",
        "Enter" => "Eingabe",
        "Delete" => "Entf",
        other => other,
    };
    let keys: Vec<&str> = english.split(' ').map(key).collect();
    keys.join(" ")
}

fn whole(whole: Whole) -> &'static str {
    match whole {
        Whole::Table => "Ganze Tabelle",
        Whole::Figure => "Ganze Abbildung",
        Whole::Code => "Ganzer Code",
        Whole::Formula => "Ganze Formel",
    }
}

fn no_more(unit: Unit, forward: bool) -> &'static str {
    match (unit, forward) {
        (Unit::Heading, true) => "Keine weitere Überschrift",
        (Unit::Heading, false) => "Keine Überschrift davor",
        (_, true) => "Ende des Artikels",
        (_, false) => "Anfang des Artikels",
    }
}

fn message(message: &Message) -> String {
    match message {
        Message::Highlighted { colour: c } => format!("In {} markiert.", colour(*c)),
        Message::Recoloured { colour: c } => format!("Die Farbe ist jetzt {}.", colour(*c)),
        Message::NoteSaved => "Notiz gespeichert.".to_owned(),
        Message::DraftKept => "Das Geschriebene ist als Entwurf aufgehoben.".to_owned(),
        Message::OnScreenOnly => "Das Geschriebene ist nur auf diesem Bildschirm.".to_owned(),
        Message::Removed => "Notiz entfernt.".to_owned(),
        Message::Changed { intent, notes: count } => changed(*intent, *count),
        Message::Copied { notes: count } => format!("{} kopiert.", capital(&notes(*count))),
        Message::LinkCopied => "Der Link ist kopiert.".to_owned(),
        Message::NoAddress => "Dieser Artikel hat keine Webadresse, zu der ein Link führen könnte. „Link mit Notizen kopieren“ geht auch ohne.".to_owned(),
        Message::NotCopied => "Der Browser hat die Zwischenablage nicht freigegeben. Nichts wurde kopiert.".to_owned(),
        Message::Kept => "Beibehalten: Die Notiz steht bei den Wörtern, wie sie jetzt sind.".to_owned(),
        Message::Detached => "Gelöst: Die Notiz steht in der Liste der nicht gefundenen.".to_owned(),
        Message::UpdateReady => "Es gibt eine neue Version von Postil.".to_owned(),
        Message::NothingSelected => DE.passage.select_first.to_owned(),
        Message::Looking { place, of } => format!("Stelle {place} von {of}."),
        Message::Attached => "Die Notiz steht jetzt an dieser Stelle.".to_owned(),
        Message::PassageAdded => "Die Notiz steht jetzt auch an dieser Stelle.".to_owned(),
        Message::PassageRemoved => "Die Notiz steht nicht mehr an dieser Stelle.".to_owned(),
        Message::Placed(placement) => format!("{}.", placed(placement)),
        Message::Undone { intent, elsewhere: e } => format!("Rückgängig gemacht: {}{}.", name_of(*intent), elsewhere(*e)),
        Message::Redone { intent, elsewhere: e } => format!("Wiederhergestellt: {}{}.", name_of(*intent), elsewhere(*e)),
        Message::NothingToUndo => "Es gibt nichts rückgängig zu machen.".to_owned(),
        Message::NothingToRedo => "Es gibt nichts wiederherzustellen.".to_owned(),
        Message::UndoConflict => {
            "Diese Änderung lässt sich nicht rückgängig machen: Die Notiz wurde seither in einem anderen Tab geändert. Nichts wurde verändert.".to_owned()
        }
        Message::RedoConflict => {
            "Diese Änderung lässt sich nicht wiederherstellen: Die Notiz wurde seither in einem anderen Tab geändert. Nichts wurde verändert.".to_owned()
        }
        Message::KeptBoth => {
            "Diese Notiz wurde während des Schreibens in einem anderen Tab geändert. Beide Texte bleiben erhalten, der hier geschriebene als eigene Notiz.".to_owned()
        }
        Message::Imported(report) => imported(report),
        Message::Exported { notes: count } => format!("{} exportiert.", capital(&notes(*count))),
        Message::Restored { notes: 0 } => "Alles ist, wie es damals war.".to_owned(),
        Message::Restored { notes: count } => format!("{} zurückgeholt.", capital(&notes(*count))),
        Message::BackupDue { edits } => {
            let edits = counted(*edits as usize, "Änderung", "Änderungen");
            format!("{edits} seit der letzten Sicherung. Die Notizen sind nur in diesem Browser.")
        }
        Message::NothingToExport => "Es gibt noch keine Notizen zum Exportieren.".to_owned(),
        Message::Opened { title } => format!("„{}“ geöffnet.", DE.title(title)),
        Message::OpenedCut { title } => {
            format!(
                "„{}“ geöffnet, ohne das Ende: Der Text ist länger, als Postil lesen kann.",
                DE.title(title)
            )
        }
        Message::Fewer(Fewer::InArticle(percent)) => {
            format!("Dieser Artikel enthält {percent}\u{a0}% der Wörter der Seite.")
        }
        Message::Fewer(Fewer::InAll(percent)) => {
            format!("Nur {percent}\u{a0}% der Wörter dieser Seite lassen sich zeigen: Den Rest verbirgt die Seite.")
        }
        Message::ReadingNotes { .. } => "Die Notizen werden geladen\u{a0}…".to_owned(),
        Message::Changing { .. } => "Die Notizen werden geändert\u{a0}…".to_owned(),
        Message::Finding { notes: 1 } => "1 Notiz wird im neuen Text gesucht\u{a0}…".to_owned(),
        Message::Finding { notes: count } => {
            format!("{} werden im neuen Text gesucht\u{a0}…", capital(&notes(*count)))
        }
        Message::Reading { fetched: true, .. } => "Die Seite wird abgerufen\u{a0}…".to_owned(),
        Message::Reading { fetched: false, .. } => DE.reader.reading.to_owned(),
        Message::Loading => DE.notices.loading.to_owned(),
        Message::Stopped => "Angehalten. Nichts wurde verändert.".to_owned(),
        Message::ArticleRemoved { title, notes: went, .. } => match (DE.title(title), went.len()) {
            (title, 0) => format!("„{title}“ wurde entfernt."),
            (title, count) => format!("„{title}“ wurde entfernt, mit {}.", in_notes(count)),
        },
        Message::Storage { local, journal } => storage(*local, *journal).to_owned(),
        Message::ReadOnly => {
            "Eine neuere Version von Postil hat hier Daten gespeichert. Diese Version ändert nichts: Die Seite neu laden, um fortzufahren.".to_owned()
        }
        Message::KeptBothHeard => {
            "Eine Notiz wurde gleichzeitig in zwei Tabs geändert. Beide Texte bleiben erhalten, einer als eigene Notiz.".to_owned()
        }
        Message::SetAside { records } => counted(
            *records,
            "gespeicherte Notiz war nicht lesbar. Sie ist unverändert beiseitegelegt; die anderen sind da.",
            "gespeicherte Notizen waren nicht lesbar. Sie sind unverändert beiseitegelegt; die anderen sind da.",
        ),
        Message::ImportFailed { why } => format!("Es wurden keine Notizen importiert: {}.", failure(why)),
        Message::OpenFailed { why } => format!("Der Artikel wurde nicht geöffnet: {}.", failure(why)),
        Message::ExportFailed { why } => format!("Die Notizen wurden nicht exportiert: {}.", failure(why)),
        Message::TextMissing { title } => {
            format!(
                "Der Text von „{}“ ist nicht mehr in diesem Browser. Seine Notizen sind aufgehoben: Wird der Artikel wieder geöffnet, sind sie wieder da.",
                DE.title(title)
            )
        }
        Message::FileRefused => "Der Browser hat die Datei nicht angenommen.".to_owned(),
        Message::BackupFailed => {
            "Die Sicherungsdatei war nicht zu schreiben. Die Notizen bleiben trotzdem hier gespeichert.".to_owned()
        }
        Message::FolderFailed => {
            "Die Notizen waren nicht in den Ordner zu schreiben: Der Browser braucht wieder eine Erlaubnis, oder den Ordner gibt es nicht mehr. Hier bleiben sie trotzdem gespeichert.".to_owned()
        }
        Message::OutOfStep { why } => format!(
            "Die Notizen werden nicht abgeglichen. {} Hier bleiben sie trotzdem gespeichert.",
            trouble_of_server(*why)
        ),
        Message::NotYours => {
            "Diese Notiz ist von jemand anderem und bleibt, wie sie ist. Man kann auf sie antworten oder eine Kopie behalten.".to_owned()
        }
        Message::TextNotKept => {
            "Der Text dieses Artikels war nicht zu speichern: Jetzt ist er lesbar, nach dem Neuladen muss er wieder geöffnet werden.".to_owned()
        }
        Message::PartMissing => DE.notices.part_missing.to_owned(),
        Message::NotSpoken { absent: true } => "Dieser Browser kann nicht vorlesen.".to_owned(),
        Message::NotSpoken { absent: false } => {
            "Das Vorlesen hat aufgehört: Der Browser hat keine Stimme für diese Sprache, oder seine Stimme antwortet nicht.".to_owned()
        }
        Message::NotPlaced { notes: count, why } => format!(
            "{} in diesem Text nicht gesucht: {}. Bis dahin gelten sie als nicht gefunden.",
            match count {
                1 => "1 Notiz wurde".to_owned(),
                count => format!("{} wurden", capital(&notes(*count))),
            },
            failure(why)
        ),
    }
}

/// Says what one edit has done to many notes.
fn changed(intent: Intent, count: usize) -> String {
    match intent {
        Intent::AddTag => format!("Schlagwort zu {} hinzugefügt.", in_notes(count)),
        Intent::RemoveTag => format!("Schlagwort aus {} entfernt.", in_notes(count)),
        Intent::RenameTag => format!("Schlagwort in {} umbenannt.", in_notes(count)),
        Intent::Remove => format!("{} entfernt.", capital(&notes(count))),
        _ => format!("{} umgefärbt.", capital(&notes(count))),
    }
}

/// Returns why something could not be done, as a sentence after a colon, without its full stop.
fn failure(failure: &Failure) -> String {
    let said = match failure {
        Failure::NotLoaded => {
            "Der Teil von Postil, der dafür nötig ist, wurde nicht geladen; besteht eine Verbindung?"
        }
        Failure::TooSlow => "Es hat länger als eine Minute gedauert und wurde deshalb angehalten",
        Failure::Stopped => "Es wurde angehalten",
        Failure::NotAnAddress => "Das ist keine Webadresse: Sie beginnt mit https://",
        Failure::SiteRefused => {
            "Diese Website lässt andere Websites ihre Seiten nicht lesen, oder es besteht keine Verbindung. Die Seite selbst aufrufen, dann als Datei speichern oder ihren Text kopieren, und das hier öffnen"
        }
        Failure::SiteSilent => "Die Website hat nicht innerhalb von 15 Sekunden geantwortet",
        Failure::SiteStatus(status) => {
            return format!("Die Website hat mit dem Fehler {status} geantwortet");
        }
        Failure::PageTooLarge => "Die Seite ist größer als 20\u{a0}MB",
        Failure::FileTooLarge => "Die Datei ist zu groß",
        Failure::FileUnreadable => {
            "Der Browser konnte die Datei nicht lesen; vielleicht wurde sie verschoben oder geändert"
        }
        Failure::Empty => "Es ist nichts zu lesen darin",
        Failure::Binary(name) => return format!("Es ist kein Text, sondern {name}"),
        Failure::Locked => {
            "Dieses Buch ist gesperrt (DRM): Nur Programme des Verkäufers können es öffnen"
        }
        Failure::Damaged(name) => {
            return format!(
                "In dieser Datei ({name}) ist keine Seite zu finden: Sie ist beschädigt oder unvollständig"
            );
        }
        Failure::Malformed => "Was davon gespeichert war, ist beschädigt",
        Failure::OtherVersion => "Es wurde von einer anderen Version von Postil geschrieben",
        Failure::Archive => "In diesem ZIP-Archiv sind keine Notizen, die gelesen werden können",
        Failure::NotesTooLarge => "Die Datei ist größer als 50\u{a0}MB",
        Failure::NotJson(why) => return format!("Es ist kein JSON ({why})"),
        Failure::NoAnnotations => "Es enthält keine Notizen in bekannter Form",
        Failure::TooManyNotes => "Es enthält mehr als 200.000 Notizen",
        Failure::Template(error) => return template_error(error),
    };
    said.to_owned()
}

fn preset(preset: Preset) -> &'static str {
    match preset {
        Preset::Blockquote => "Zitat",
        Preset::Callout => "Kasten (Callout)",
        Preset::Plain => "Schlicht",
    }
}

/// Says what is wrong with a template of Markdown.
fn template_error(error: &TemplateError) -> String {
    let (line, said) = (error.line(), error.detail());
    match error.problem() {
        Problem::Syntax => format!("Zeile {line} der Vorlage ist nicht zu verstehen ({said})"),
        Problem::UnknownVariable => {
            format!("Zeile {line} der Vorlage fragt nach einem Wert, den es nicht gibt ({said})")
        }
        Problem::UnknownName => {
            format!("Zeile {line} der Vorlage benutzt einen Namen, den es nicht gibt ({said})")
        }
        Problem::Endless => format!("Die Vorlage kommt in Zeile {line} zu keinem Ende"),
        Problem::Unusable => {
            format!("Zeile {line} der Vorlage lässt sich nicht ausführen ({said})")
        }
    }
}

fn import_elsewhere(count: usize, articles: usize) -> String {
    let notes = counted(count, "gehört", "gehören");
    let articles = counted(
        articles,
        "anderem Artikel, aufgehoben unter dessen Adresse",
        "anderen Artikeln, aufgehoben unter deren Adressen",
    );
    format!("{notes} zu {articles}")
}

fn import_outcome(added: usize, updated: usize) -> String {
    let will = |count: usize| if count == 1 { "wird" } else { "werden" };
    match (added, updated) {
        (0, 0) => "Es ändert sich nichts.".to_owned(),
        (0, updated) => format!("{} {} aktualisiert.", notes(updated), will(updated)),
        (added, 0) => format!("{} {} hinzugefügt.", notes(added), will(added)),
        (added, updated) => format!(
            "{} {} hinzugefügt, {updated} aktualisiert.",
            notes(added),
            will(added)
        ),
    }
}

/// Says why an entry of a file of notes was not understood.
fn entry_fault(fault: EntryFault) -> &'static str {
    match fault {
        EntryFault::NotAnObject => "kein Objekt",
        EntryFault::NoTarget => "kein Ziel",
        EntryFault::UnknownTarget => "das Ziel ist weder eine Adresse noch ein Objekt",
        EntryFault::NoteTooLong => "die Notiz ist länger als 1\u{a0}MB",
        EntryFault::NoWords => "weder eine Stelle noch eine Notiz",
        EntryFault::Garbled => "ein Teil davon ist nicht lesbar",
    }
}

/// Returns the message for when one store refuses, or both do.
fn storage(local: Option<Refusal>, journal: Option<Refusal>) -> &'static str {
    match (local, journal) {
        (Some(Refusal::Full), None) => {
            "Im kleinen Speicher dieses Browsers ist kein Platz mehr. Die Notizen sind sicher in seiner Datenbank; Platz schaffen, damit sie wieder in beiden sind."
        }
        (_, None) => {
            "Der kleine Speicher dieses Browsers lässt sich nicht beschreiben. Die Notizen sind sicher in seiner Datenbank."
        }
        (_, Some(Refusal::Newer)) => {
            "Eine neuere Version von Postil ist in einem anderen Tab offen. Diese Seite neu laden, damit sie die Notizen weiter speichern kann."
        }
        (Some(Refusal::Cleared), Some(Refusal::Cleared)) => {
            "Die Daten, die diese Website in diesem Browser gespeichert hatte, wurden gelöscht. Die Notizen sind noch auf diesem Bildschirm: noch einmal versuchen, um sie hier zu speichern, oder sie exportieren."
        }
        (None, Some(Refusal::Full)) => {
            "In der Datenbank dieses Browsers ist kein Platz mehr. Die Notizen sind in seinem kleinen Speicher, wo ein Absturz die Änderungen der letzten Minute verlieren kann. Die Notizen exportieren, Platz schaffen, dann noch einmal versuchen."
        }
        (None, Some(_)) => {
            "Die Datenbank dieses Browsers lässt sich nicht beschreiben. Die Notizen sind in seinem kleinen Speicher, wo ein Absturz die Änderungen der letzten Minute verlieren kann. Sie ab und zu exportieren."
        }
        (Some(Refusal::Full), Some(_)) | (Some(_), Some(Refusal::Full)) => {
            "Im Speicher dieses Browsers ist kein Platz mehr; die letzten Änderungen sind nur auf diesem Bildschirm. Die Notizen exportieren, Platz schaffen, dann noch einmal versuchen."
        }
        (Some(_), Some(_)) => {
            "Dieser Browser lässt die Seite nichts speichern; die Notizen bestehen nur so lange wie dieser Tab. Sie vor dem Schließen exportieren."
        }
    }
}

fn imported(report: &Report) -> String {
    let mut parts = vec![format!("{} hinzugefügt", capital(&notes(report.added)))];
    let mut part = |count: usize, one: &str, other: &str| {
        if count > 0 {
            parts.push(counted(count, one, other));
        }
    };
    part(report.updated, "aktualisiert", "aktualisiert");
    part(report.already, "schon vorhanden", "schon vorhanden");
    part(
        report.elsewhere,
        "davon zu einem anderen Artikel",
        "davon zu anderen Artikeln",
    );
    part(
        report.not_understood,
        "nicht verstanden",
        "nicht verstanden",
    );
    let reason = report
        .first_reason
        .map(|first| format!(" (Eintrag {}: {})", first.entry, entry_fault(first.why)))
        .unwrap_or_default();
    let placed = report.placement.as_ref().map(placed);
    let placed = placed.map_or_else(String::new, |placed| {
        format!(" In diesem Artikel: {placed}.")
    });
    format!("{}{reason}.{placed}", parts.join(", "))
}

/// Says where notes are in a text they were not made on: "212 an ihrer Stelle, 9 verschoben".
fn placed(placement: &PlacementCounts) -> String {
    let parts = [
        (placement.in_place, "an ihrer Stelle"),
        (placement.moved, "verschoben"),
        (placement.changed, "geändert"),
        (placement.look, "zu prüfen"),
    ];
    let told = parts.into_iter().filter(|(count, _)| *count > 0);
    let told: Vec<String> = told
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    told.join(", ")
}

fn notes_on(title: &str) -> String {
    format!("Notizen {}", DE.title(title))
}

fn all_notes(day: &str) -> String {
    format!("alle Notizen {day}")
}

fn library_of_day(day: &str) -> String {
    format!("Bibliothek {day}")
}

fn notes_of_day(day: &str) -> String {
    format!("Notizen vom {day}")
}

fn brings(count: usize, title: &str, address: &str) -> String {
    let from = match address {
        "" => String::new(),
        address => format!(" ({})", shortened(address, MOST_TITLE)),
    };
    let title = shortened(DE.title(title), MOST_TITLE);
    format!("Dieser Link bringt {} zu „{title}“{from}.", notes(count))
}

fn kilobytes(bytes: usize) -> String {
    format!("{}\u{a0}kB", bytes.div_ceil(1_000))
}

/// Formats bytes with one decimal. In whole numbers, since code that formats fractions is large.
fn size(bytes: f64) -> String {
    let tenths = (bytes / 104_857.6) as u64;
    let (tenths, unit) = match tenths {
        0..10_240 => (tenths, "MB"),
        _ => (tenths / 1_024, "GB"),
    };
    format!("{},{}\u{a0}{unit}", tenths / 10, tenths % 10)
}

/// Returns a number with the noun that it counts.
fn counted(count: usize, one: &str, other: &str) -> String {
    let what = match plural(count) {
        Plural::One => one,
        _ => other,
    };
    format!("{count} {what}")
}

/// The plural rule of German: one, and every other number.
fn plural(count: usize) -> Plural {
    match count {
        1 => Plural::One,
        _ => Plural::Other,
    }
}

fn capital(words: &str) -> String {
    let mut characters = words.chars();
    characters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(characters).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_the_form_and_the_case_that_go_with_them() {
        let count = |number| (DE.notes.count)(number);
        assert_eq!(
            [0, 1, 2].map(count),
            ["keine Notizen", "1 Notiz", "2 Notizen"]
        );
        assert_eq!((DE.library.count)(12, 12), "12 Artikel");
        assert_eq!((DE.library.count)(1, 12), "1 von 12 Artikeln");
        assert_eq!((DE.tags.count)(3, 12), "3 von 12 Schlagwörtern");
        assert_eq!((DE.tags.remove_from)(0), "Aus keiner Notiz entfernen");
        assert_eq!(
            (DE.year.summary)(37, 2, 3),
            "37 Notizen an 2 Tagen der letzten 53 Wochen, in 3 Artikeln."
        );
    }

    #[test]
    fn fractions_have_a_comma() {
        let mebibytes = |number: f64| number * 1_048_576.0;
        assert_eq!(
            (DE.your_notes.room)(mebibytes(1.25), mebibytes(10_240.0)),
            "1,2\u{a0}MB von 10,0\u{a0}GB"
        );
        assert_eq!((DE.look.value)(Measure::Height, 150), "1,50");
    }

    #[test]
    fn why_something_failed_ends_the_sentence_that_says_so() {
        let told = |why| (DE.notices.message)(&Message::OpenFailed { why });
        assert_eq!(
            told(Failure::SiteStatus(404)),
            "Der Artikel wurde nicht geöffnet: Die Website hat mit dem Fehler 404 geantwortet."
        );
    }
}
