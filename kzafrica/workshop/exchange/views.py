"""Export and import of a record type beside its list in the admin."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, models
from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kzafrica.locking import is_locked
from kzafrica.workshop.exchange.guide import guide_to, rules_of
from kzafrica.workshop.exchange.importing import Importer, Report, Stale, opened, sealed
from kzafrica.workshop.exchange.layout import layout_of
from kzafrica.workshop.exchange.outcomes import Outcome
from kzafrica.workshop.exchange.previewing import Previewer
from kzafrica.workshop.exchange.reading import read_table
from kzafrica.workshop.exchange.tables import LARGEST_UPLOAD, MIB, Unreadable
from kzafrica.workshop.exchange.writing import csv_chunks, workbook
from kzafrica.workshop.forms import SOMEONE_WRITES
from kzafrica.workshop.texts import without_controls

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# What an import does with a record: of records under workflow, and of reference data, which is saved at once.
LABELS = {
    Outcome.FAULTY: gettext_lazy("Cannot be imported"),
    Outcome.NEW: gettext_lazy("New draft"),
    Outcome.CHANGED: gettext_lazy("Draft changed"),
    Outcome.PROPOSED: gettext_lazy("Proposal for a public record"),
    Outcome.WAITING: gettext_lazy("Proposed already, and waiting for review"),
    Outcome.SAME: gettext_lazy("Nothing changes"),
}
LABELS_OF_REFERENCE = LABELS | {
    Outcome.NEW: gettext_lazy("New, for readers at once"),
    Outcome.CHANGED: gettext_lazy("Changed, for readers at once"),
}
MOST_TOLD = 20


class FileForm(forms.Form):
    """The file to look at."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        # Of an empty file its reader says more.
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"}),
        error_messages={"required": gettext_lazy("Choose a file first.")},
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST_UPLOAD:
            sentence = _("“%(name)s” has more than %(n)s MB: divide it.")
            raise forms.ValidationError(sentence % {"name": file.name, "n": LARGEST_UPLOAD // MIB})
        return file


class Exchange:
    """Mixed into the admin class of a record type: its records go out as files, and files come in behind a preview."""

    change_list_template = "admin/workshop/change_list.html"
    # Where records are made by other means, they are not imported.
    can_import = True
    actions = ("export_selected_as_csv", "export_selected_as_xlsx")

    def get_urls(self):
        name, wrap = f"{self.opts.app_label}_{self.opts.model_name}", self.admin_site.admin_view
        return [
            path("export.<slug:ending>", wrap(self.export_view), name=f"{name}_export"),
            path("import/", wrap(self.import_view), name=f"{name}_import"),
            *super().get_urls(),
        ]

    def has_import_permission(self, request) -> bool:
        may_write = self.has_add_permission(request) or self.has_change_permission(request)
        return self.can_import and may_write

    def changelist_view(self, request, extra_context=None):
        asked = f"?{request.GET.urlencode()}" if request.GET else ""
        exchange = {
            "export_links": [
                (self.address_of("export", ending) + asked, label)
                for ending, label in (("csv", "CSV"), ("xlsx", "XLSX"))
            ],
            "import_address": self.address_of("import") if self.has_import_permission(request) else "",
        }
        return super().changelist_view(request, {**exchange, **(extra_context or {})})

    def address_of(self, page: str, *more: str) -> str:
        name = f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_{page}"
        return reverse(name, args=more)

    # --- Export

    def export_view(self, request, ending: str):
        """All records that the list shows with the filters and the search of the address."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if ending not in MEDIA_TYPES:
            raise Http404
        try:
            listed = self.get_changelist_instance(request).get_queryset(request)
        except IncorrectLookupParameters:
            return redirect(f"{self.address_of('changelist')}?e=1")
        return self.exported(self.model._base_manager.filter(pk__in=listed.order_by().values("pk")), ending)

    def exported(self, records: models.QuerySet, ending: str) -> HttpResponse:
        layout, media_type = layout_of(self.model), MEDIA_TYPES[ending]
        if ending == "csv":
            answer = StreamingHttpResponse(csv_chunks(layout, records), content_type=media_type)
        else:
            answer = FileResponse(workbook(layout, records), content_type=media_type)
        name = f"kz-africa-{self.opts.model_name}-{localdate():%Y-%m-%d}.{ending}"
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer

    @admin.action(description=gettext_lazy("Export selected as CSV"), permissions=["view"])
    def export_selected_as_csv(self, request, queryset):
        return self.exported(self._plain(queryset), "csv")

    @admin.action(description=gettext_lazy("Export selected as XLSX"), permissions=["view"])
    def export_selected_as_xlsx(self, request, queryset):
        return self.exported(self._plain(queryset), "xlsx")

    def _plain(self, queryset: models.QuerySet) -> models.QuerySet:
        return self.model._base_manager.filter(pk__in=queryset.order_by().values("pk"))

    # --- Import

    def import_view(self, request):
        """Look at a file, or import what a preview has shown."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        context = {"faults": [], "form": FileForm()}
        if request.method == "POST":
            try:
                if "sealed" in request.POST:
                    return self.import_previewed(request)
                context["form"] = form = FileForm(request.POST, request.FILES)
                if form.is_valid():
                    return self.preview_page(request, form.cleaned_data["file"])
            except (Unreadable, Stale) as refusal:
                context["faults"] = getattr(refusal, "sentences", None) or [str(refusal)]
            except OperationalError as error:
                if not is_locked(error):
                    raise
                context["faults"] = [SOMEONE_WRITES]
        layout = layout_of(self.model)
        context |= {
            "rules": rules_of(layout),
            "guide": list(guide_to(layout)),
            "export_address": self.address_of("export", "xlsx"),
        }
        return self._exchange_page(request, "admin/workshop/import.html", context)

    def preview_page(self, request, file):
        layout = layout_of(self.model)
        table = read_table(layout, file.name, file.read())
        preview = Previewer(
            layout,
            may_add=self.has_add_permission(request),
            may_change=lambda record: self.has_change_permission(request, record),
            twins=self.twins,
        ).preview(table)
        groups = [(outcome, preview.those(outcome)) for outcome in Outcome]
        labels = self.outcome_labels
        context = {
            "name": file.name,
            "groups": [
                (outcome.value, labels[outcome], [(entry, self.described(entry.alike)) for entry in entries])
                for outcome, entries in groups
                if entries
            ],
            "astray": preview.astray,
            "alike": sum(bool(entry.alike) for entry in preview.entries),
            "taken_out": sum(len(entry.taken_out) for entry in preview.entries),
            "is_faulty": preview.is_faulty,
            "to_import": len(preview.to_import()),
            "sealed": sealed(preview, self.model, by=request.user) if preview.to_import() else "",
            "note": _("Imported from %s") % file.name,
        }
        return self._exchange_page(request, "admin/workshop/import_preview.html", context)

    @property
    def outcome_labels(self) -> dict:
        return LABELS if hasattr(self.model, "status") else LABELS_OF_REFERENCE

    def import_previewed(self, request):
        plan = opened(request.POST["sealed"], self.model, by=request.user)
        if plan.leaves_out_faulty and "leave_out_faulty" not in request.POST:
            raise Stale(
                _("Nothing was imported: say that the records with faults are to be left out, or mend the file.")
            )
        importer = Importer(
            self.model,
            by=request.user,
            note=without_controls(request.POST.get("note", "")).strip()[:300] or _("Imported from a file"),
            may_add=self.has_add_permission(request),
            may_change=lambda record: self.has_change_permission(request, record),
        )
        self._tell_report(request, importer.run(plan))
        return redirect(self.address_of("changelist"))

    def _tell_report(self, request, report: Report) -> None:
        done = ", ".join(f"{self.outcome_labels[outcome]}: {count}" for outcome, count in sorted(report.counts.items()))
        if done:
            self.message_user(request, _("Imported. %s.") % done, messages.SUCCESS)
        for sentence in report.left_out[:MOST_TOLD]:
            self.message_user(request, _("Not imported: %s") % sentence, messages.WARNING)
        if more := len(report.left_out) - MOST_TOLD if len(report.left_out) > MOST_TOLD else 0:
            said = ngettext(
                "And %(n)s more record was not imported.", "And %(n)s more records were not imported.", more
            )
            self.message_user(request, said % {"n": more}, messages.WARNING)

    def _exchange_page(self, request, template: str, context: dict):
        title = _("Import %s") % self.opts.verbose_name_plural
        page = {**self.admin_site.each_context(request), "title": title, "opts": self.opts, **context}
        page |= {"changelist_address": self.address_of("changelist"), "import_address": self.address_of("import")}
        return TemplateResponse(request, template, page)
