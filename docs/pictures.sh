#!/usr/bin/env bash
# Takes the pictures of docs/screens.md anew: runs the walks through the pages, then makes their pictures small. Needs pngquant.
set -euo pipefail
cd "$(dirname "$0")/.."
command -v pngquant >/dev/null || { echo "pngquant is needed: apt-get install pngquant" >&2; exit 1; }
[ "${1:-}" = --only-copy ] || mvn -B -ntp test -Dtest=ContactBrowserTest,QuestionsBrowserTest,WelshBrowserTest,FormLimitsTest,PublicPagesBrowserTest,RecordBrowserTest,FilesNotReadPageTest,FilePreviewTest,ReviewPageTest,HomePageTest,SavedSearchesPageTest,ExportPageTest,SearchKeysTest,IndexPageTest,QueuePageTest,SecretsPageTest,SearchesMadePageTest,ReportPageTest,RoutesPageTest,ScreensTest,ChangesBrowserTest
for name in $(grep -o 'pictures/[a-z0-9-]*\.png' docs/screens.md docs/channels.md README.md | sed 's|.*pictures/||' | sort -u); do
  pngquant --force --speed 1 --strip 48 --output "docs/pictures/$name" "target/screenshots/$name"
done
