import django.db.models.deletion
import kzafrica.statements.amounts
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reference', '0001_initial'),
        ('trade', '0001_initial'),
    ]

    operations = [
        # Nothing could load rows before this: the table is empty and is made anew.
        migrations.DeleteModel(name='TradeFlow'),
        migrations.RemoveField(
            model_name='release',
            name='checksum',
        ),
        migrations.RemoveField(
            model_name='release',
            name='edition',
        ),
        migrations.RemoveField(
            model_name='release',
            name='superseded_by',
        ),
        migrations.AddField(
            model_name='release',
            name='note',
            field=models.TextField(blank=True, help_text='What a reader must know to use the rows.'),
        ),
        migrations.AlterField(
            model_name='release',
            name='released_on',
            field=models.DateField(blank=True, help_text='When the statistical office released the data: of two releases the later replaces the earlier.', null=True),
        ),
        migrations.CreateModel(
            name='ReleaseFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200)),
                ('checksum', models.CharField(help_text='SHA-256 of the file as it was given.', max_length=64, unique=True)),
                ('layout', models.CharField(choices=[('comtrade_csv', 'UN Comtrade, table of the website (CSV)'), ('comtrade_json', 'UN Comtrade, answer of the API (JSON)'), ('comtrade_bulk', 'UN Comtrade, bulk file of one reporter'), ('legacy_csv', 'UN Comtrade before 2022, table of the website'), ('legacy_api_csv', 'UN Comtrade before 2022, table of the API'), ('baci', 'BACI')], max_length=20)),
                ('size_bytes', models.BigIntegerField()),
                ('row_count', models.PositiveIntegerField(help_text='Rows in the file, those left out included.')),
                ('first_line', models.PositiveIntegerField(default=0, help_text='From where its lines are counted, through all files of the release.')),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='trade.release')),
            ],
            options={
                'ordering': ('name', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='Slice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField()),
                ('month', models.PositiveSmallIntegerField(default=0, help_text='0 for a whole year.')),
                ('edition', models.CharField(help_text='HS edition, H0 to H6.', max_length=2)),
                ('is_converted', models.BooleanField(default=False, help_text='Whether the codes were converted from another edition.')),
                ('row_count', models.PositiveIntegerField(default=0)),
                ('is_current', models.BooleanField(default=False, editable=False, help_text='Whether readers see it and no newer release replaces it.')),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='slices', to='trade.release')),
                ('reporter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='slices', to='reference.area')),
            ],
            options={
                'ordering': ('pk',),
            },
        ),
        migrations.CreateModel(
            name='FlowSummary',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('flow', models.CharField(choices=[('M', 'Import'), ('X', 'Export'), ('RM', 'Re-import'), ('RX', 'Re-export')], max_length=2)),
                ('hs', models.CharField(blank=True, help_text='Two or four digits; empty for all goods.', max_length=4)),
                ('value_usd', kzafrica.statements.amounts.ExactDecimalField(help_text='Empty where no row below it has a value.', null=True)),
                ('net_weight_kg', kzafrica.statements.amounts.ExactDecimalField(null=True)),
                ('row_count', models.PositiveIntegerField(help_text='How many rows it stands for: one where it is given.')),
                ('is_given', models.BooleanField(help_text='Whether a row of the file gives it; else it is our sum.')),
                ('partner', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.area')),
                ('slice', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='summaries', to='trade.slice')),
            ],
            options={
                'verbose_name_plural': 'flow summaries',
                'ordering': ('pk',),
            },
        ),
        migrations.CreateModel(
            name='TradeFlow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('flow', models.CharField(choices=[('M', 'Import'), ('X', 'Export'), ('RM', 'Re-import'), ('RX', 'Re-export')], max_length=2)),
                ('hs', models.CharField(blank=True, help_text='Two, four or six digits; empty for all goods.', max_length=6)),
                ('value_usd', kzafrica.statements.amounts.ExactDecimalField(help_text='Empty is missing, which is not zero.', null=True)),
                ('valuation', models.CharField(blank=True, choices=[('cif', 'CIF: cost, insurance and freight included'), ('fob', 'FOB: free on board'), ('', 'Not said')], max_length=3)),
                ('fob_value_usd', kzafrica.statements.amounts.ExactDecimalField(help_text='Of an import that is given FOB beside CIF.', null=True)),
                ('net_weight_kg', kzafrica.statements.amounts.ExactDecimalField(null=True)),
                ('is_weight_estimated', models.BooleanField(default=False)),
                ('quantity', kzafrica.statements.amounts.ExactDecimalField(null=True)),
                ('quantity_unit', models.CharField(blank=True, max_length=20)),
                ('is_quantity_estimated', models.BooleanField(default=False)),
                ('line', models.PositiveIntegerField(help_text='Where the row stands, counted through the files of the release.')),
                ('partner', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='flows_as_partner', to='reference.area')),
                ('slice', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='flows', to='trade.slice')),
            ],
            options={
                'ordering': ('pk',),
            },
        ),
        migrations.AddIndex(
            model_name='slice',
            index=models.Index(fields=['year', 'reporter'], name='slice_year_reporter'),
        ),
        migrations.AddConstraint(
            model_name='slice',
            constraint=models.UniqueConstraint(fields=('release', 'reporter', 'year', 'month', 'edition'), name='slice_once'),
        ),
        migrations.AddConstraint(
            model_name='slice',
            constraint=models.CheckConstraint(condition=models.Q(('month__range', (0, 12))), name='slice_month_in_year', violation_error_message='A month runs from 1 to 12; 0 stands for a whole year.'),
        ),
        migrations.AddConstraint(
            model_name='flowsummary',
            constraint=models.UniqueConstraint(fields=('slice', 'partner', 'flow', 'hs'), name='summary_once'),
        ),
        migrations.AddConstraint(
            model_name='tradeflow',
            constraint=models.UniqueConstraint(fields=('slice', 'partner', 'flow', 'hs'), name='flow_once'),
        ),
        migrations.AddConstraint(
            model_name='tradeflow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('value_usd__isnull', True), ('value_usd__gte', 0), _connector='OR'), models.Q(('net_weight_kg__isnull', True), ('net_weight_kg__gte', 0), _connector='OR'), models.Q(('quantity__isnull', True), ('quantity__gte', 0), _connector='OR')), name='flow_is_not_negative', violation_error_message='Values, weights and quantities are not negative; a missing one is empty.'),
        ),
    ]
