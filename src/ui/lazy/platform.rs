//! The browser's implementation of the ports that only the lazy part needs.

use std::collections::BTreeSet;
use std::rc::Rc;

use js_sys::{Array, JSON};

use super::waiting_files;
use crate::app::engine::Engine;
use crate::app::ports::{
    Afar, BackupFile, Backups, BoxFuture, Download, Downloads, Failed, FileOfNotes, FindingsStore,
    FolderState, LazyPlatform, NotesFolder, Snapshot, Usage,
};
use crate::app::sync::circle::Among;
use crate::app::sync::desk::{Known, Seen};
use crate::app::sync::joining::{Account, Entered, Looked};
use crate::app::sync::messages::{Join, Joined};
use crate::app::sync::server::{Sequence, Server, TextServer, Trouble};
use crate::app::{App, articles};
use crate::browser::journal::Journal;
use crate::browser::lazy_stores::LazyStores;
use crate::browser::system::is_seen;
use crate::browser::worker::afar::Afar as WorkerServer;
use crate::browser::{afar, backup, files, folder, launch, local, preferences, style, texts};
use crate::model::annotation::{AnnotationId, Colour};
use crate::model::colour_names::ColourNames;
use crate::model::digest::Digest;
use crate::model::exchange::{Format, Wording};
use crate::model::file_name::file_name;
use crate::model::sync::record::Path;
use crate::ui::hooks::Backend;
use crate::ui::loading::{self, Dialog};
use crate::ui::{say, strings};

/// The browser and its worker.
struct Browser(Backend);

/// The styles of what the lazy part draws.
const STYLE: &str = include_str!("../../../static/lazy.css");

/// Gives the program what reads this browser's stores, and has it read them.
pub fn enable(app: &App, backend: &Backend) {
    style::adopt(STYLE);
    launch::on_link(|launch| loading::enter(Dialog::Launch(launch)));
    let keeper = super::folder::begin(app, backend);
    let there = keeper.clone();
    let edited = Box::new(move |before: &_, after: &_| there.after_edit(before, after));
    let synchronisers = [Among::Devices, Among::Readers]
        .map(|among| super::synchronise::begin(app, backend, among));
    let there = synchronisers.clone();
    let from_afar = Box::new(move |digest: &Digest| -> BoxFuture<Option<String>> {
        let [devices, readers] = there.clone().map(|there| there.text(digest));
        Box::pin(async move {
            match devices.await {
                Some(text) => Some(text),
                None => readers.await,
            }
        })
    });
    let stores = LazyStores::new(backend.journal.clone(), edited, from_afar);
    articles::begin(app, Rc::new(stores));
    keeper.catch_up();
    synchronisers.iter().for_each(|there| there.begin());
}

/// Returns the ports as the browser implements them.
pub fn platform(backend: &Backend) -> Rc<dyn LazyPlatform> {
    Rc::new(Browser(backend.clone()))
}

impl LazyPlatform for Browser {
    fn ask_to_import(&self, files: Vec<Rc<FileOfNotes>>) {
        waiting_files::ask(files);
    }

    fn engine(&self) -> &dyn Engine {
        &self.0.worker
    }

    fn colour_names(&self) -> ColourNames {
        preferences::colour_names()
    }

    fn name_colours(&self, names: &ColourNames) {
        preferences::name_colours(names);
    }

    fn template(&self) -> Option<String> {
        preferences::markdown_template()
    }

    fn library_readme(&self) -> String {
        say!(library_file.readme).to_owned()
    }

    fn settings(&self) -> Vec<(String, String)> {
        preferences::chosen()
    }

    fn adopt_settings(&self, settings: &[(String, String)]) {
        preferences::adopt(settings);
    }

    fn wording(&self) -> Wording {
        let words = strings().markdown;
        let colours = Colour::ALL.map(say!(selection.colour));
        Wording {
            whole: words.whole.to_owned(),
            unplaced: words.unplaced.to_owned(),
            tags: say!(editor.tags).to_owned(),
            link: words.link.to_owned(),
            language: say!(web_page.language).to_owned(),
            note: say!(web_page.note).to_owned(),
            picture: say!(article.labels).picture.to_owned(),
            made_by: say!(web_page.made_by).to_owned(),
            colours: colours.map(str::to_owned).to_vec(),
        }
    }
}

impl FindingsStore for Browser {
    fn findings(&self, digest: &Digest) -> BoxFuture<Option<(Vec<AnnotationId>, Vec<u32>)>> {
        let digest = digest.clone();
        Box::pin(async move { texts::findings(&digest).await })
    }

    fn put_findings(
        &self,
        digest: &Digest,
        ids: &[AnnotationId],
        numbers: &[u32],
    ) -> BoxFuture<()> {
        let (digest, ids, numbers) = (digest.clone(), ids.to_vec(), numbers.to_vec());
        Box::pin(async move { texts::put_findings(&digest, &ids, &numbers).await })
    }

    fn remove_text(&self, digest: &Digest) -> BoxFuture<()> {
        let digest = digest.clone();
        Box::pin(async move { texts::remove(&digest).await })
    }
}

/// Returns the name of a downloaded file.
pub fn name_of(download: &Download) -> String {
    let files = strings().files;
    let format = format_of(download);
    let name = match download {
        Download::NotesOn { title, id, .. } => {
            file_name(&(files.notes_on)(title), id.as_str(), format.ending())
        }
        Download::AllNotes { date, .. } => file_name(&(files.all_notes)(date), "", format.ending()),
        Download::Library { date } => return file_name(&(files.library)(date), "", "zip"),
        Download::NotesOf { date } => file_name(&(files.notes_of_day)(date), "", format.ending()),
    };
    match (name.rsplit_once('.'), format.told_apart()) {
        (Some((stem, ending)), Some(apart)) => [stem, "-", apart, ".", ending].concat(),
        _ => name,
    }
}

/// Returns the format of a downloaded file.
pub fn format_of(download: &Download) -> Format {
    match download {
        Download::NotesOn { format, .. } | Download::AllNotes { format, .. } => *format,
        Download::NotesOf { .. } | Download::Library { .. } => Format::WebAnnotation,
    }
}

impl Downloads for Browser {
    fn download(&self, download: &Download, content: &str) -> bool {
        let kind = format_of(download).media_type();
        files::download(&name_of(download), kind, content).is_ok()
    }

    fn download_from(&self, download: &Download, address: &str) -> bool {
        files::download_from(&name_of(download), address).is_ok()
    }

    fn download_set_aside(&self) -> BoxFuture<bool> {
        let journal = self.0.journal.clone();
        Box::pin(async move {
            let records = JSON::stringify(&set_aside(&journal).await.into()).map(String::from);
            let name = [say!(files.set_aside), ".json"].concat();
            let file =
                records.map(|json| ["{\"postil\":\"records\",\"records\":", &json, "}"].concat());
            let done = file.and_then(|file| files::download(&name, "application/json", &file));
            done.is_ok()
        })
    }
}

/// Returns the records of both stores that could not be read and were set aside: pairs of key and
/// value, in the browser's types.
async fn set_aside(journal: &Journal) -> Array {
    let all = Array::new();
    for key in local::keys_below(local::SET_ASIDE) {
        let value = local::units(&key);
        all.push(&Array::of2(&key.into(), &value.into()));
    }
    for (key, value) in journal.aside().await {
        all.push(&Array::of2(&key.into(), &value));
    }
    all
}

impl Backups for Browser {
    fn snapshots(&self) -> BoxFuture<Vec<Snapshot>> {
        Box::pin(backup::snapshots())
    }

    fn snapshot(&self, day: u32) -> BoxFuture<Option<String>> {
        Box::pin(backup::snapshot(day))
    }

    fn keep_snapshot(&self, snapshot: &Snapshot, records: &str) -> BoxFuture<Result<(), Failed>> {
        let (snapshot, records) = (snapshot.clone(), records.to_owned());
        Box::pin(async move {
            let kept = backup::keep_snapshot(&snapshot, &records).await;
            kept.map_err(|_| Failed)
        })
    }

    fn usage(&self) -> BoxFuture<Usage> {
        Box::pin(backup::usage())
    }

    fn local_usage(&self) -> usize {
        local::used()
    }

    fn set_aside(&self) -> BoxFuture<usize> {
        let journal = self.0.journal.clone();
        Box::pin(async move { set_aside(&journal).await.length() as usize })
    }

    fn backup_file(&self) -> BoxFuture<BackupFile> {
        Box::pin(backup::state())
    }

    fn choose_backup(&self) -> BoxFuture<bool> {
        Box::pin(async {
            let name = [say!(files.backup), ".json"].concat();
            backup::choose_backup(&name).await.is_ok()
        })
    }

    fn resume_backup(&self) -> BoxFuture<bool> {
        Box::pin(backup::resume_backup())
    }

    fn stop_backup(&self) -> BoxFuture<()> {
        Box::pin(async {
            let _ = backup::stop_backup().await;
        })
    }

    fn write_backup(&self, content: &str) -> BoxFuture<Result<(), Failed>> {
        let content = content.to_owned();
        Box::pin(async move { backup::write_backup(&content).await.map_err(|_| Failed) })
    }

    fn delete_everything(&self, stays: &str) -> BoxFuture<()> {
        let stays = local::setting_key(stays);
        Box::pin(async move { backup::delete_everything(&stays).await })
    }
}

impl Afar for Browser {
    fn join_server(
        &self,
        entered: Entered,
        only_looks: bool,
    ) -> BoxFuture<Result<(Looked, Account), Trouble>> {
        let worker = self.0.worker.clone();
        Box::pin(async move {
            let question = Join {
                entered,
                only_looks,
            };
            let joined = worker.ask(question).await;
            joined.map_or(Err(Trouble::Unreachable), |Joined(joined)| joined)
        })
    }

    fn account(&self, among: Among) -> BoxFuture<Option<Account>> {
        Box::pin(afar::account(among))
    }

    fn keep_account(
        &self,
        among: Among,
        account: Option<&Account>,
    ) -> BoxFuture<Result<(), Failed>> {
        let account = account.and_then(|account| serde_json::to_string(account).ok());
        Box::pin(async move { afar::keep_account(among, account).await.map_err(|_| Failed) })
    }

    fn known_of_server(&self, among: Among) -> BoxFuture<Known> {
        Box::pin(afar::known(among))
    }

    fn forget_server(&self, among: Among, life: String) -> BoxFuture<()> {
        Box::pin(async move {
            // What is not forgotten now is compared anew at the next start.
            let _ = afar::begin_anew(among, life).await;
        })
    }

    fn remember_of_server(
        &self,
        among: Among,
        seen: Vec<(Path, Seen)>,
        since: Option<Sequence>,
    ) -> BoxFuture<()> {
        Box::pin(async move {
            // What is not remembered is done again.
            let _ = afar::remember(among, seen, since).await;
        })
    }

    fn texts_of_server(&self, among: Among) -> BoxFuture<BTreeSet<Digest>> {
        Box::pin(afar::texts(among))
    }

    fn remember_text_of_server(&self, among: Among, digest: &Digest) -> BoxFuture<()> {
        let digest = digest.clone();
        Box::pin(async move {
            // What is not remembered is sent again.
            let _ = afar::remember_text(among, digest).await;
        })
    }

    fn server(&self, account: Account) -> Rc<dyn Server> {
        Rc::new(WorkerServer::new(&self.0.worker, account))
    }

    fn clear_server(&self, account: Account) -> BoxFuture<Result<(), Trouble>> {
        WorkerServer::new(&self.0.worker, account).clear()
    }

    fn text_server(&self, account: Account) -> Rc<dyn TextServer> {
        Rc::new(WorkerServer::new(&self.0.worker, account))
    }

    fn saves_data(&self) -> bool {
        afar::saves_data()
    }

    fn lead(&self, among: Among, takes: bool) -> BoxFuture<bool> {
        Box::pin(afar::lead(among, takes))
    }

    fn leads(&self, among: Among) -> bool {
        afar::leads(among)
    }

    fn is_in_front(&self) -> bool {
        is_seen()
    }
}

impl NotesFolder for Browser {
    fn folder(&self) -> BoxFuture<FolderState> {
        Box::pin(folder::state())
    }

    fn choose_folder(&self) -> BoxFuture<bool> {
        Box::pin(async { folder::choose().await.is_ok() })
    }

    fn allow_folder(&self) -> BoxFuture<bool> {
        Box::pin(folder::allow())
    }

    fn leave_folder(&self) -> BoxFuture<()> {
        Box::pin(async {
            let _ = folder::leave().await;
        })
    }

    fn read_in_folder(&self, name: &str) -> BoxFuture<Result<Option<Vec<u8>>, Failed>> {
        let name = name.to_owned();
        Box::pin(async move { folder::read(&name).await.map_err(|_| Failed) })
    }

    fn write_in_folder(&self, name: &str, text: &str) -> BoxFuture<Result<(), Failed>> {
        let (name, text) = (name.to_owned(), text.to_owned());
        Box::pin(async move { folder::write(&name, &text).await.map_err(|_| Failed) })
    }

    fn marked_line(&self) -> String {
        say!(folder.line).to_owned()
    }
}
