//! The whole library as one file: written, and taken in again.

use std::rc::Rc;

use super::ports::{BoxFuture, Download, LazyPlatform};
use super::protocol::PackedArticle;
use super::{App, articles, importing};
use crate::model::article::Article;
use crate::model::failure::Failure;
use crate::model::notice::Message;

/// Downloads every article with its notes, and the settings, as an archive.
pub fn export(app: &App, platform: Rc<dyn LazyPlatform>) {
    let there = app.clone();
    app.spawn(async move {
        let app = there;
        app.read_everything().await;
        let (records, notes) = app.records().everything_live();
        let listed = app.records().list_articles().into_iter();
        let articles = listed.filter_map(|listed| {
            let record = listed.record;
            Some(PackedArticle {
                digest: record.digest?,
                iri: record.iri,
                json: None,
            })
        });
        let articles = articles.collect();
        let stamp = app.platform().stamp();
        let packed = platform.engine().pack(
            articles,
            &records,
            platform.settings(),
            &platform.colour_names(),
            (platform.wording(), platform.library_readme()),
            &stamp,
        );
        let download = Download::Library {
            date: app.platform().today(),
        };
        app.tell(match packed.await {
            Ok(address) if platform.download_from(&download, &address) => {
                app.records().backed_up();
                Message::Exported { notes }
            }
            Ok(_) => Message::FileRefused,
            Err(why) => Message::ExportFailed { why },
        });
    });
}

/// Takes in an archive: the articles that are not here yet, the settings, and the notes as from any
/// file, which can be undone.
pub fn import(
    app: &App,
    platform: Rc<dyn LazyPlatform>,
    bytes: BoxFuture<Result<Vec<u8>, Failure>>,
) {
    let there = app.clone();
    app.spawn(async move {
        let app = there;
        app.tell(Message::ReadingNotes { percent: None });
        if let Err(why) = try_import(&app, platform, bytes).await {
            app.tell(Message::ImportFailed { why });
        }
    });
}

async fn try_import(
    app: &App,
    platform: Rc<dyn LazyPlatform>,
    bytes: BoxFuture<Result<Vec<u8>, Failure>>,
) -> Result<(), Failure> {
    if app.session().read_only {
        app.tell(Message::ReadOnly);
        return Ok(());
    }
    let stamp = app.platform().stamp();
    let unpacked = platform.engine().unpack(bytes.await?, stamp).await?;
    app.read_everything().await;
    let mut first = None;
    for json in unpacked.articles {
        let article = Article::from_json(&json)?;
        let title = article.title().to_owned();
        let known = app.records().current(&article.id());
        // What is here may be newer.
        if known.is_none_or(|record| record.digest.is_none()) {
            let texts = articles::text_of(&article, json.into());
            articles::keep(app, &article, texts);
        }
        first.get_or_insert((article.id(), title));
        app.yield_now().await;
    }
    platform.adopt_settings(&unpacked.settings);
    if !unpacked.notes.is_empty() {
        importing::take_agreed(app, &platform, unpacked.notes).await;
    } else if let Some((id, title)) = first
        && articles::open_kept(app, &id).await
    {
        app.tell(Message::Opened { title });
    }
    Ok(())
}
